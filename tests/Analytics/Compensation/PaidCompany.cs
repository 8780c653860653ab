using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Two people who are paid monthly for answering within a day, each with a customer of his own; May 2026 is over.</summary>
internal sealed class PaidCompany : IAsyncDisposable
{
    internal const string Answering = """
        plan: answering
        name: Answering
        currency: EUR
        every: month
        incentive: 1000
        components:
          - id: answered
            metric: respond_24h
            for: person
            minimum_n: 2
            small_n: accepted
            weight: 100
            points:
              - { at: 50, pays: 50 }
              - { at: 100, pays: 100 }
            target: 100
            straddling: pay
        """;

    internal static readonly PayActor Preparer = new("preparer", Guid.NewGuid(), null);
    internal static readonly PayActor Reviewer = new("reviewer", Guid.NewGuid(), null);
    internal static readonly PayActor Approver = new("approver", Guid.NewGuid(), null);

    private PaidCompany(World world) => World = world;

    internal World World { get; }

    internal NpgsqlDataSource Db => World.Database.DataSource;

    internal PayRuns Runs => new(Db, World.Clock);

    internal PayDisputes Disputes => new(Db, World.Clock);

    internal PayReader Reader => new(Db);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static async Task<PaidCompany> CreateAsync(string document = Answering, string from = "2026-01-01")
    {
        var company = new PaidCompany(await World.CreateAsync());
        await company.World.LoadAsync(
            Given.Team("hr:T1"), Given.Team("hr:T2"),
            Given.Staff("hr:S1"), Given.Staff("hr:S2"), Given.Membership("hr:S1", "hr:T1"), Given.Membership("hr:S2", "hr:T2"),
            Given.Account("crm:A"), Given.Account("crm:B"), Given.Assignment("crm:A", "hr:S1"), Given.Assignment("crm:B", "hr:S2"));
        await company.WriteAsync(document, from);
        return company;
    }

    /// <summary>Puts a version of a plan in force; the version it follows.</summary>
    internal async Task WriteAsync(string document, string from, int follows = 0)
    {
        await using var connection = await Db.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await new PayPlanStore(Db, World.Clock).AppendAsync(connection, document, "EUR", Day(from), "test", "because", follows, Ct);
        await transaction.CommitAsync(Ct);
    }

    internal async Task JoinAsync(string staff, string from = "2026-01-01", string? to = null, decimal? incentive = null, string plan = "answering")
    {
        await using var connection = await Db.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await new PayMembers(Db, World.Clock).AddAsync(connection, plan, staff, Day(from), to is null ? null : Day(to), incentive, "test", Ct);
        await transaction.CommitAsync(Ct);
    }

    /// <summary>So many questions of a customer on days from the first on, of which so many are answered in time.</summary>
    internal async Task AskAsync(string account, string staff, string month, int asked, int answered)
    {
        var facts = new List<Fact>();
        for (var day = 1; day <= asked; day++)
        {
            facts.Add(Given.Interaction(account, $"{month}-{day:00}T08:00Z", owner: staff, key: $"mail:{account}/{month}/{day}", thread: $"{account}/{month}/{day}"));
            if (day <= answered) facts.Add(Answer(account, staff, month, day));
        }
        await World.LoadAsync([.. facts]);
    }

    internal static Interaction Answer(string account, string staff, string month, int day) =>
        Given.Outbound(account, $"{month}-{day:00}T09:00Z", staff: staff, key: $"mail:{account}/{month}/{day}/answer", thread: $"{account}/{month}/{day}");

    /// <summary>A run from draft to lock by three people.</summary>
    internal async Task<long> LockAsync(string period, string plan = "answering")
    {
        var run = await Runs.PrepareAsync(plan, period, Preparer, Ct);
        await LockAsync(run);
        return run;
    }

    internal async Task LockAsync(long run)
    {
        await Runs.SendAsync(run, Preparer, Ct);
        await Runs.ReviewAsync(run, Reviewer, PayScope.Everything("reviewer"), Ct);
        await Runs.ApproveAsync(run, Approver, Ct);
    }

    internal async Task<PayStatement> StatementAsync(long run, string staff) =>
        (await Reader.StatementAsync(PayScope.Everything("test"), run, staff, Ct))!.Statement;

    internal static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
