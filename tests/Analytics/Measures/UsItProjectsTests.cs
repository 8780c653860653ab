using System.Globalization;
using CsvHelper;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

/// <summary>Public records of federal IT projects, with figures worked out from them independently. Dates are taken as they stand.</summary>
public sealed class UsItProjectsTests : MeasureTests
{
    private const string Account = "us:it";

    [Fact]
    public async Task Their_delays_are_the_published_ones()
    {
        await World.LoadPathAsync(SharedData.Path("us_it_projects"), "us_it_projects");
        await World.RefreshAsync();

        Assert.Equal((300m, 1550L), ((await FigureAsync("late_share_ours")).Amount, (await FigureAsync("late_share_ours")).N));
        var half = await FigureAsync("slip_p50");
        Assert.Equal((1550, 0, 0.0, 85.0), (half.N, half.Unfinished, half.Value, half.P90));
        Assert.Equal(85, (await FigureAsync("slip_p90")).Value);
        Assert.Equal((0.0, 1.0), ((await FigureAsync("rebaseline_rate")).Value, (await FigureAsync("bei")).Value));
    }

    [Fact]
    public async Task Their_overruns_and_cost_estimates_are_the_published_ones_and_those_worked_out_by_hand()
    {
        var records = await RecordsAsync();
        await LoadAsync([Given.Account(Account), .. records.SelectMany((r, i) => Facts($"us:{i}", r.Planned, r.Actual))]);

        var over = await FigureAsync("over_budget_share");
        Assert.Equal((463m, 2455L, 17L), (over.Amount, over.N, over.Excluded.Values.Sum()));
        Assert.Equal(0.188595, over.Value!.Value, 6);
        var known = records.Where(r => r.Planned is not null && r.Actual is not null).Select(r => (F: r.Planned!.Value, A: r.Actual!.Value)).ToList();
        var spent = known.Sum(r => r.A);
        Assert.Equal((50303.271694m, 51912.145158m), (known.Sum(r => r.F), spent));
        Assert.Equal((double)(known.Sum(r => r.F - r.A) / spent), (await FigureAsync("cost_bias")).Value!.Value, 12);
        Assert.Equal((double)(known.Sum(r => Math.Abs(r.F - r.A)) / spent), (await FigureAsync("cost_wape")).Value!.Value, 12);
    }

    private static IEnumerable<Fact> Facts(string key, decimal? planned, decimal? actual)
    {
        const string At = "2012-01-01T00:00Z";
        yield return GivenProject.Project(Account, key, At, At) with { BudgetCost = planned, Currency = "USD" };
        if (actual is { } spent)
            yield return new CostEntry { SourceKey = key, Account = Account, OccurredAt = Given.At(At), ProjectKey = key, Amount = spent, Currency = "USD" };
    }

    // No column is unique: a project is known by its row.
    private static async Task<List<(decimal? Planned, decimal? Actual)>> RecordsAsync()
    {
        using var text = new StreamReader(SharedData.Path("us_it_projects/raw-projects.csv"));
        await using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = ',' }, leaveOpen: true);
        await csv.ReadHeaderAsync(Ct);
        var columns = csv.Headers.ToList();
        var (planned, actual) = (columns.IndexOf("Planned Cost ($ M)"), columns.IndexOf("Projected/Actual Cost ($ M)"));
        var records = new List<(decimal?, decimal?)>();
        while (await csv.ReadAsync(Ct))
        {
            var values = csv.Current.ToArray();
            records.Add((Amount(values[planned]), Amount(values[actual])));
        }
        return records;
    }

    private static decimal? Amount(string? text) => string.IsNullOrEmpty(text) ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
