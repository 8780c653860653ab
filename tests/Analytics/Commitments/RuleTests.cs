using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A kind of commitment by small tables, facts in, obligations out, for the account <c>crm:A</c>; its days are the company's, UTC.</summary>
public abstract class RuleTests(string kind) : IAsyncLifetime
{
    internal const string A = "crm:A";

    internal World World { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        World = await World.CreateAsync();
        await World.LoadAsync(Given.Account(A));
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Loads the facts; the ledger then has these rows of the kind, and neither a second run nor a rebuild changes one.</summary>
    protected async Task Expect(string[] rows, params Fact[] facts)
    {
        if (facts.Length > 0) await World.LoadAsync(facts);
        await World.RefreshAsync();
        Assert.Equal(rows, await RowsAsync());
        var ledger = await World.LedgerAsync();
        var rebuilt = await World.RebuildAsync();
        Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Removed));
        Assert.Equal(ledger, await World.LedgerAsync());
    }

    /// <summary>Each row as "key opened – due: how it stands", times as MM-dd HH:mm in UTC.</summary>
    protected Task<IReadOnlyList<string>> RowsAsync() => World.TextsAsync($"""
        select commitment_key || ' ' || to_char(opened_at, 'MM-DD HH24:MI') || ' – ' || to_char(due_at, 'MM-DD HH24:MI') || ':'
          || coalesce(to_char(fulfilled_at, '" fulfilled "MM-DD HH24:MI') || coalesce(' by ' || fulfilled_by_key, ''), ' open')
          || coalesce(' ' || outcome, '') || case when reminders > 0 then ' reminders ' || reminders else '' end
          || coalesce(' excused: ' || excused_reason, '') || case when source_deleted then ' deleted' else '' end
        from commitment where kind = '{kind}' order by opened_at, commitment_key
        """);

    /// <summary>The first column of the kind's rows, ordered by key.</summary>
    protected Task<IReadOnlyList<string>> ColumnAsync(string expression) =>
        World.TextsAsync($"select commitment_key || ': ' || coalesce(({expression})::text, '-') from commitment where kind = '{kind}' order by 1");

    /// <summary>The figure at a moment, with what the ledger knows now.</summary>
    protected Task<CommitmentValue> FigureAsync(string metric, string at, Period? period = null)
    {
        World.Clock.Now = Given.At(at);
        return new MetricReader(World.Database.DataSource, World.Clock)
            .CommitmentsAsync(new MetricQuery { Metric = metric, Period = period ?? Period.Always, Viewer = Viewer.Everything("test") }, Ct);
    }
}
