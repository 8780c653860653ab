using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Dashboard.Scorecards;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>
/// A company whose second quarter was closed with targets and scorecards; afterwards more came in, the target was changed, and one metric was
/// defined otherwise than it was then.
/// </summary>
public sealed class ClosedQuarter : IAsyncLifetime
{
    /// <summary>What was won, by another definition than today's.</summary>
    internal const string Redefined = "won_amount";

    internal DashboardHost Host { get; } = new() { Facts = SmallQuarter.Early, FromEverywhere = true };

    /// <summary>As the pages and the API gave scorecards before the quarter was closed.</summary>
    internal string ScoreBefore { get; private set; } = "";

    internal MetricDefinition Then { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        await Host.InitializeAsync();
        await SmallScorecard.AddAsync(Host.Database.DataSource);
        ScoreBefore = await TextAsync("/api/v1/people/hr:S1/scorecard?period=2026-Q2", ct);
        var catalogue = MetricCatalogue.All.Select(m => m.Id == Redefined ? m with { Formula = "as it was defined then" } : m).ToList();
        Then = catalogue.Single(m => m.Id == Redefined);
        var signed = await SmallQuarter.SignAsync(Host, "2026-Q2", ct);
        await new EditionWriter(Host.Database.DataSource, await Host.PartAsync<TimeProvider>()) { Catalogue = catalogue }.WriteAsync(signed, null, ct);
        await SmallCompany.LoadAsync(Host.Database.DataSource, Host.Folder, SmallQuarter.Later, ct);
        await using var change = Host.Database.DataSource.CreateCommand("""
            update metric_target set replaced_at = '2026-09-01T00:00:00Z', replaced_by = 'test' where metric = 'respond_24h' and team_key is null;
            insert into metric_target (metric, from_day, target, recorded_at, recorded_by) values ('respond_24h', '2026-01-01', 50, '2026-09-01T00:00:00Z', 'test');
            """);
        await change.ExecuteNonQueryAsync(ct);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal Task<Visitor> ExecutiveAsync() => Host.SignedInAsync();

    internal async Task<string> TextAsync(string address, CancellationToken ct)
    {
        using var answer = await (await ExecutiveAsync()).GetAsync(address);
        return await answer.Content.ReadAsStringAsync(ct);
    }
}
