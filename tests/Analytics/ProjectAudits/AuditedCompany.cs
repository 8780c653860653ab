using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.ProjectAudits;

/// <summary>
/// A company of two units. Ann of Projects manages P; Sam, Kay and Lee of Service may audit, and so may Ann; Sam worked two hours on P. R is
/// audited by another system, and signed off there. In P's first quarter there are seven communications; of the planned cost of 200 it has
/// earned 80 and spent 100, and one billing event of 1,000 is not invoiced. Mo of Service is Ann's manager, Tia wrote once about P, and a split
/// credits Cy with a fifth of the customer.
/// </summary>
public sealed class AuditedCompany : IAsyncLifetime
{
    internal const string Key = "P/2026-Q1";
    internal static readonly string[] Roles = [Role.Auditor];

    internal static IReadOnlyList<Fact> Facts { get; } =
    [
        Given.Team("t:Projects") with { Unit = "Projects" }, Given.Team("t:Service") with { Unit = "Service" },
        .. new[] { ("hr:Ann", "t:Projects"), ("hr:Bo", "t:Projects"), ("hr:Sam", "t:Service"), ("hr:Kay", "t:Service"), ("hr:Lee", "t:Service"), ("hr:Mo", "t:Service"), ("hr:Tia", "t:Service"), ("hr:Cy", "t:Service") }
            .SelectMany(p => new Fact[] { Given.Staff(p.Item1) with { Name = p.Item1[3..], ManagerKey = p.Item1 == "hr:Ann" ? "hr:Mo" : null }, Given.Membership(p.Item1, p.Item2) }),
        Given.Account("crm:A", name: "Acme"), Given.Assignment("crm:A", "hr:Bo"),
        GivenProject.Project("crm:A", "P", "2026-02-02T10:00Z", manager: "hr:Ann") with { TeamKey = "t:Projects", BudgetCost = 200, Currency = "USD" },
        GivenProject.Project("crm:A", "R", "2026-02-02T10:00Z", accepted: "2026-03-03T10:00Z", manager: "hr:Ann"),
        .. Milestone("M1", "2026-03-01", 80, "2026-03-05T10:00Z"), .. Milestone("M2", "2026-05-01", 120, null),
        GivenMoney.BillingEvent("crm:A", "bill:1", "2026-03-05T10:00Z", project: "P"),
        new CostEntry { SourceKey = "cost:1", Account = "crm:A", OccurredAt = Given.At("2026-02-10T10:00Z"), ProjectKey = "P", StaffKey = "hr:Sam", Hours = 2, Amount = 100, Currency = "USD" },
        new ProjectAudit
        {
            SourceKey = "qa:R", Account = "crm:A", OccurredAt = Given.At("2026-04-02T10:00Z"), ProjectKey = "R", Quarter = GivenProject.Day("2026-03-31"),
            AuditorKey = "hr:Kay", SignedOffAt = Given.At("2026-04-09T10:00Z"), Rating = "sound",
        },
        .. Enumerable.Range(1, 7).Select(n => Given.Inbound("crm:A", $"2026-03-{n + 10}T08:00Z", thread: $"t{n}", key: $"mail:{n}") with { ProjectKey = "P", Subject = $"Question {n}" }),
        Given.Inbound("crm:A", "2026-04-01T08:00Z", key: "mail:after") with { ProjectKey = "P" }, Given.Outbound("crm:A", "2026-04-02T08:00Z", staff: "hr:Tia") with { ProjectKey = "P" }, Given.Inbound("crm:A", "2026-03-20T08:00Z", key: "mail:other"),
    ];

    private World? _world;

    internal World World => _world!;

    internal NpgsqlDataSource Db => World.Database.DataSource;

    internal ProjectAuditReader Reader => new(Db);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await World.CreateAsync();
        await World.LoadAsync([.. Facts]);
        await World.RefreshAsync();
        await using var users = Db.CreateCommand("""
            insert into app_role (role_id, name, normalized_name) select gen_random_uuid(), 'auditor', 'AUDITOR' where not exists (select from app_role where name = 'auditor');
            insert into app_user (user_id, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, must_choose_password, created_at, staff_key)
            select gen_random_uuid(), k, upper(k), false, false, false, true, 0, false, now(), k from unnest('{hr:Ann,hr:Sam,hr:Kay,hr:Lee}'::text[]) k;
            insert into credit_split (account_key, staff_key, share, overlay, from_day, recorded_at, recorded_by) values ('crm:A', 'hr:Cy', 0.2, true, '2026-01-01', now(), 'test');
            insert into app_user_role select user_id, role_id from app_user, app_role where name = 'auditor'
            """);
        await users.ExecuteNonQueryAsync(Ct);
    }

    public async ValueTask DisposeAsync() => await World.DisposeAsync();

    internal async Task<AuditedProject> ProjectAsync(string key = Key) => (await Reader.FindAsync("crm:A", key, Ct))!;

    /// <summary>Does something as somebody, in one transaction.</summary>
    internal async Task<T> AsAsync<T>(string staff, Func<AuditDesk, FindingDesk, Task<T>> act)
    {
        await using var connection = await Db.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var by = new AuditActor(staff, staff, World.Clock.Now, (await Company.ReadAsync(Db, Ct)).Zone, Roles);
        var done = await act(new AuditDesk(connection, by), new FindingDesk(connection, by));
        await transaction.CommitAsync(Ct);
        return done;
    }

    internal async Task<IReadOnlyList<AuditItem>> ItemsAsync(long audit)
    {
        await using var connection = await Db.OpenConnectionAsync(Ct);
        return await AuditItems.OfAsync(connection, audit, Ct);
    }

    private static Fact[] Milestone(string key, string due, decimal planned, string? accepted) =>
        [.. GivenProject.Milestone("crm:A", "P", key, "2026-02-02T10:00Z", due, accepted).Select(f => f is MilestoneBaseline b ? b with { PlannedCost = planned } : f)];
}
