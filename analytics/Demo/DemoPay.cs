using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Demo;

/// <summary>
/// What the made-up company pays by: a plan of its own and one of those to begin from, with their people, and the quarter before the last finished one paid
/// by three made-up colleagues, so that the next run is one click away. Doing it again changes nothing.
/// </summary>
internal static class DemoPay
{
    private const string By = "demo";

    private static readonly string Members = SqlText.Read(typeof(DemoPay), "Demo/PaidPeople.sql");

    private static readonly (string Plan, string Title)[] Plans = [("account-manager", "Account Manager"), ("service-team", "Service Coordinator")];

    // Those to begin from are about promises and invoices, which others give and write here.
    private static readonly string AccountManagers = SqlText.Read(typeof(DemoPay), "Demo/account-manager.yaml");

    /// <summary>Writes the plans and takes the people in.</summary>
    /// <param name="db">Loaded with the demo's facts.</param>
    /// <param name="anchor">The day at whose beginning its history ends.</param>
    /// <param name="clock">When it is written down.</param>
    /// <param name="ct">Stops the writing.</param>
    public static async Task WriteAsync(NpgsqlDataSource db, DateOnly anchor, TimeProvider clock, CancellationToken ct)
    {
        var (plans, members, currency) = (new PayPlanStore(db, clock), new PayMembers(db, clock), (await Company.ReadAsync(db, ct)).Currency);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var (plan, title) in Plans)
        {
            if ((await plans.VersionsAsync(plan, ct)).Count > 0) continue;
            await plans.AppendAsync(connection, plan == "account-manager" ? AccountManagers : PlanFiles.Example(plan, "USD"), currency, Paid(anchor).Start, By, "What our customers hold us to is what we pay for.", 0, ct);
            foreach (var (staff, from, to) in await PeopleAsync(connection, title, Paid(anchor).Start, ct)) await members.AddAsync(connection, plan, staff, from, to, null, By, ct);
        }
        await transaction.CommitAsync(ct);
    }

    /// <summary>Pays the quarter before the last finished one; needs the ledger.</summary>
    /// <inheritdoc cref="WriteAsync"/>
    public static async Task PayAsync(NpgsqlDataSource db, DateOnly anchor, TimeProvider clock, CancellationToken ct)
    {
        var (reader, runs) = (new PayReader(db), new PayRuns(db, clock));
        if ((await reader.RunsAsync(PayScope.Everything(By), ct)).Count > 0) return;
        var (payroll, lead, finance) = (Colleague("payroll"), Colleague("head of service"), Colleague("finance"));
        foreach (var (plan, _) in Plans)
        {
            var run = await runs.PrepareAsync(plan, Paid(anchor).Label, payroll, ct);
            await runs.SendAsync(run, payroll, ct);
            await runs.ReviewAsync(run, lead, PayScope.Everything(lead.Name), ct);
            await runs.ApproveAsync(run, finance, ct);
        }
    }

    private static PayActor Colleague(string what) => new($"{what} (made up)", null, null);

    // Two quarters back: the last finished one is left to whoever looks around.
    private static Period Paid(DateOnly anchor) => Period.QuarterOf(anchor).Prior()!.Prior()!;

    private static async Task<IReadOnlyList<(string Staff, DateOnly From, DateOnly? To)>> PeopleAsync(NpgsqlConnection connection, string title, DateOnly from, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Members, connection);
        command.Parameters.AddWithValue("title", title);
        command.Parameters.AddWithValue("from", NpgsqlDbType.Date, from);
        await using var row = await command.ExecuteReaderAsync(ct);
        var people = new List<(string, DateOnly, DateOnly?)>();
        while (await row.ReadAsync(ct)) people.Add((row.GetString(0), row.GetFieldValue<DateOnly>(1), await row.GetFieldValueAsync<DateOnly?>(2, ct)));
        return people;
    }
}
