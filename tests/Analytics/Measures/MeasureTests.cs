using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

/// <summary>
/// A world in which measures are looked at: facts in, a figure and its rows out. Whatever is asked, the rows must re-sum to the figure.
/// </summary>
public abstract class MeasureTests : IAsyncLifetime
{
    private protected World World { get; private set; } = null!;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => World = await World.CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return World.DisposeAsync();
    }

    /// <summary>Loads and refreshes.</summary>
    private protected async Task LoadAsync(params Fact[] facts)
    {
        await World.LoadAsync(facts);
        await World.RefreshAsync();
    }

    /// <summary>The figure, with its rows proved to make it up.</summary>
    private protected async Task<MeasureValue> FigureAsync(string metric, string? period = null, string? asOf = null, Func<MetricQuery, MetricQuery>? with = null)
    {
        var query = Query(metric, period, asOf);
        query = with is null ? query : with(query);
        await using var reader = new MetricReader(World.Database.DataSource, World.Clock);
        var value = await reader.MeasureAsync(query, Ct);
        var page = await reader.MeasureRowsAsync(query, MeasureSort.At, descending: true, 0, null, Ct);
        Assert.Equal(page.Total, page.Rows.Count);
        Resummed.AssertSame(value, (MeasureMetric)MetricCatalogue.Find(metric)!, page.Rows);
        return value;
    }

    private protected async Task<IReadOnlyList<MeasureGroup>> GroupsAsync(string metric, Dimension by, string? period = null)
    {
        await using var reader = new MetricReader(World.Database.DataSource, World.Clock);
        return await reader.MeasureGroupsAsync(Query(metric, period, null), by, Ct);
    }

    /// <summary>The rows as <c>fact key | amount / base | why excluded</c>, in the order of their keys.</summary>
    private protected async Task<IReadOnlyList<string>> RowsAsync(string metric, string? period = null, string? asOf = null)
    {
        await using var reader = new MetricReader(World.Database.DataSource, World.Clock);
        var page = await reader.MeasureRowsAsync(Query(metric, period, asOf), MeasureSort.At, descending: true, 0, null, Ct);
        return [.. page.Rows.Select(Text).Order(StringComparer.Ordinal)];
    }

    private protected static Period PeriodOf(string label) => Period.TryParse(label, out var period) ? period : throw new ArgumentException(label);

    private static string Text(MeasureRow row) =>
        $"{row.Fact} {row.Key} | {Number(row.Amount)}{(row.Base is null ? "" : " / " + Number(row.Base))}{(row.Finished is false ? " unfinished" : "")}{(row.Excluded is null ? "" : " | " + row.Excluded)}";

    private static string Number(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "?";

    private static MetricQuery Query(string metric, string? period, string? asOf) => new()
    {
        Metric = metric,
        Period = period is null ? Period.Always : PeriodOf(period),
        AsOf = asOf is null ? null : Given.At(asOf),
        Viewer = Viewer.Everything("test"),
    };
}
