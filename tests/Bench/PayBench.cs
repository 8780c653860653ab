using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>What a pay run costs: so many people, a plan of eight components, a quarter; the draft, the lock, and the next draft, which looks back at the first.</summary>
internal sealed class PayBench(int people)
{
    // Two customers each, with the conversations of a quarter.
    private const int InteractionsOfAPerson = 100;

    private const string Plan = """
        plan: bench
        name: Bench
        currency: EUR
        every: quarter
        incentive: 5000
        components:
          - { id: answered, metric: respond_24h, for: person, minimum_n: 10, weight: 30, straddling: pay, target: 90, points: [{ at: 10, pays: 50 }, { at: 90, pays: 100 }] }
          - { id: team, metric: respond_24h, for: team, minimum_n: 10, weight: 20, straddling: pay, target: 90, points: [{ at: 10, pays: 50 }, { at: 90, pays: 100 }] }
          - { id: called, metric: call_back_1h, for: person, minimum_n: 10, weight: 10, straddling: pay, target: 90, points: [{ at: 10, pays: 50 }, { at: 90, pays: 100 }] }
          - { id: promises, metric: promise_kept, for: person, minimum_n: 10, weight: 10, straddling: pay, target: 90, points: [{ at: 10, pays: 50 }, { at: 90, pays: 100 }] }
          - { id: proposals, metric: proposal_14d, for: team, minimum_n: 10, weight: 10, straddling: pay, target: 90, points: [{ at: 10, pays: 50 }, { at: 90, pays: 100 }] }
          - { id: invoices, metric: invoice_14d, for: team, minimum_n: 10, weight: 10, straddling: pay, target: 90, points: [{ at: 10, pays: 50 }, { at: 90, pays: 100 }] }
          - { id: issues, metric: resolve_issue, for: person, minimum_n: 10, weight: 10, straddling: pay, target: 90, points: [{ at: 10, pays: 50 }, { at: 90, pays: 100 }] }
          - { id: won, metric: won_amount, for: person, minimum_n: 1, tiers: marginal, rates: [{ from: 0, rate: 1 }, { from: 2000, rate: 2 }] }
        """;

    private long Interactions => (long)people * InteractionsOfAPerson;

    private readonly BenchClock _clock = new(new DateTimeOffset(2026, 4, 3, 12, 0, 0, TimeSpan.Zero));

    public async Task RunAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("followthrough-bench-");
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(DataFolder.At(folder.FullName), new EmbeddedPostgresOptions(), ct);
            await using var db = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Timezone = "UTC", CommandTimeout = 0 });
            await RunAsync(db, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task RunAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        var company = new BenchCompany(db, Interactions, _clock);
        var made = await Timing.OfAsync(async () =>
        {
            await company.WriteAsync(ct);
            await (await Company.ReadAsync(db, ct) with { Currency = "EUR" }).WriteAsync(db, ct);
            await FillAsync(db, ct);
        });
        var rebuilt = await Timing.OfAsync(() => company.RebuildAsync(ct));
        Console.WriteLine(FormattableString.Invariant($"company made in {made:0.0} s, its ledger in {rebuilt:0.0} s"));
        var (runs, first) = (new PayRuns(db, _clock), 0L);
        var draft = await Timing.OfAsync(async () => first = await runs.PrepareAsync("bench", "2026-Q1", new PayActor("one", null, null), ct));
        Console.WriteLine(FormattableString.Invariant($"{people:N0} people, 8 components, {Interactions:N0} interactions: draft in {draft:0.0} s"));
        await runs.SendAsync(first, new PayActor("one", null, null), ct);
        var review = await Timing.OfAsync(() => runs.ReviewAsync(first, new PayActor("two", null, null), PayScope.Everything("two"), ct));
        var approve = await Timing.OfAsync(() => runs.ApproveAsync(first, new PayActor("three", null, null), ct));
        var view = (await new PayReader(db).RunAsync(PayScope.Everything("bench"), first, ct))!;
        Console.WriteLine(FormattableString.Invariant($"reviewed in {review:0.0} s, approved and locked in {approve:0.0} s; {view.Statements:N0} statements, {view.Payable:N2} EUR paid, {view.Held:N2} held"));
        _clock.Advance(TimeSpan.FromDays(91));
        await SqlAsync(db, "Late.sql", ct);
        var refreshed = await Timing.OfAsync(() => new Ledger(db, _clock).RefreshAsync(null, ct));
        var second = 0L;
        var next = await Timing.OfAsync(async () => second = await runs.PrepareAsync("bench", "2026-Q2", new PayActor("one", null, null), ct));
        view = (await new PayReader(db).RunAsync(PayScope.Everything("bench"), second, ct))!;
        Console.WriteLine(FormattableString.Invariant(
            $"a quarter later the ledger is brought up to date in {refreshed:0.0} s; the next draft, with {view.Adjusted:N2} EUR for what came late to the locked one: {next:0.0} s"));
    }

    private async Task FillAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await SqlAsync(db, "Pay.sql", ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await new PayPlanStore(db, _clock).AppendAsync(connection, Plan, "EUR", new DateOnly(2025, 1, 1), "bench", "to be measured", 0, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task SqlAsync(NpgsqlDataSource db, string file, CancellationToken ct)
    {
        await using var command = db.CreateCommand(SqlText.Read(typeof(PayBench), file));
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("people", people);
        await command.ExecuteNonQueryAsync(ct);
    }
}
