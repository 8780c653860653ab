using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>
/// Two audited service agreements of the small company, one of Acme and one of another team's customer, which ran for a day in the second
/// quarter of 2026; each with a finding that the customer's person owns. The auditor is nobody of the company.
/// </summary>
internal static class SmallAudits
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Adds them; the numbers of the two findings.</summary>
    internal static async Task<(long Own, long Theirs)> AddAsync(DashboardHost host)
    {
        await SmallCompany.LoadAsync(host.Database.DataSource, host.Folder, [Project("crm:acme", "pm:own"), Project("crm:rtl", "pm:theirs")], Ct);
        return (await FindAsync(host, "crm:acme", "pm:own", "hr:S1"), await FindAsync(host, "crm:rtl", "pm:theirs", "hr:S2"));
    }

    private static Project Project(string account, string key) =>
        GivenProject.Project(account, key, "2026-06-01T08:00Z", cancelled: "2026-06-02T08:00Z") with { ContractType = ContractType.Retainer, TeamKey = "hr:T2" };

    private static async Task<long> FindAsync(DashboardHost host, string account, string project, string owner)
    {
        await using var command = host.Database.DataSource.CreateCommand("""
            with audit as (
              insert into audit_case (account_id, commitment_key, project_key, quarter, auditor_key, auditor_unit, assigned_at, assigned_by, seed, drawn_at, communications, commitments)
              values ($1, $2 || '/2026-Q2', $2, '2026-06-30', 'hr:Kay', 'Elsewhere', '2026-09-01T08:00Z', 'test', 'seed', '2026-09-01T08:00Z', 0, 0) returning case_id
            )
            insert into audit_finding (case_id, severity, words, owner_key, due_on, due_at, raised_at, raised_by)
            select case_id, 'high', 'Reports are late at ' || $1, $3, '2026-09-20', '2026-09-20T21:59:59Z', '2026-09-02T08:00Z', 'test' from audit returning finding_id
            """);
        foreach (var value in new object[] { AccountId.Of(account), project, owner }) command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
