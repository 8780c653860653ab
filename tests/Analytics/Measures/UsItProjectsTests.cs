using System.Globalization;
using CsvHelper;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

/// <summary>Public records of federal IT projects, with figures worked out from them independently. Dates are taken as they stand.</summary>
public sealed class UsItProjectsTests : MeasureTests
{
    private const string Planned = "Planned Project Completion Date (B2)", Actual = "Projected/Actual Project Completion Date (B2)";
    private const string PlannedCost = "Planned Cost ($ M)", ActualCost = "Projected/Actual Cost ($ M)";

    [Fact]
    public async Task Their_delays_and_overruns_are_the_published_ones()
    {
        await LoadAsync([Given.Account("us:it"), .. (await RecordsAsync()).SelectMany(Facts)]);

        Assert.Equal(300, (await FigureAsync("late_share_ours")).Amount);
        var half = await FigureAsync("slip_p50");
        Assert.Equal((1550, 0, 0.0, 85.0), (half.N, half.Unfinished, half.Value, half.P90));
        Assert.Equal(85, (await FigureAsync("slip_p90")).Value);
        Assert.Equal(1, (await FigureAsync("bei")).Value);
        var over = await FigureAsync("over_budget_share");
        Assert.Equal((463m, 2455L, 17L), (over.Amount, over.N, over.Excluded.Values.Sum()));
        Assert.Equal(0.188595, over.Value!.Value, 6);
    }

    private static IEnumerable<Fact> Facts((string Key, Func<string, string> Of) record)
    {
        var (key, of) = record;
        var (budget, cost) = (Amount(of(PlannedCost)), Amount(of(ActualCost)));
        yield return GivenProject.Project("us:it", key, "2012-01-01T00:00Z", "2012-01-01T00:00Z") with { BudgetCost = budget, Currency = "USD" };
        if (cost is { } spent)
            yield return new CostEntry { SourceKey = key, Account = "us:it", OccurredAt = Given.At("2012-01-01T00:00Z"), ProjectKey = key, Amount = spent, Currency = "USD" };
        if (of(Planned) is not { Length: > 0 } planned || of(Actual) is not { Length: > 0 } actual) yield break;
        foreach (var fact in GivenProject.Milestone("us:it", key, key, "2000-01-01T00:00Z", planned[..10], actual)) yield return fact;
    }

    private static decimal? Amount(string text) => text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // No column is unique: a project is known by its row.
    private static async Task<List<(string Key, Func<string, string> Of)>> RecordsAsync()
    {
        var path = Path.Combine(SourceFolder.Root, "..", "shared", "data", "us_it_projects", "raw-projects.csv");
        if (!File.Exists(path)) Assert.Skip("../shared/data/us_it_projects/raw-projects.csv is not beside this repository.");
        using var text = new StreamReader(path);
        await using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = ',' }, leaveOpen: true);
        await csv.ReadHeaderAsync(Ct);
        var columns = csv.Headers.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i);
        var records = new List<(string, Func<string, string>)>();
        while (await csv.ReadAsync(Ct))
        {
            var values = csv.Current.ToArray();
            records.Add(($"us:{records.Count}", name => values[columns[name]] ?? ""));
        }
        return records;
    }
}
