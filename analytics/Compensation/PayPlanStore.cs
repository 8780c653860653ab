using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Keeps plans. A plan is never changed: it gets another version.</summary>
internal sealed class PayPlanStore(NpgsqlDataSource db, TimeProvider clock)
{
    private const int LongestReason = 500;
    private static readonly string Sql = SqlText.Read(typeof(PayPlanStore), "Compensation/Versions.sql");

    /// <summary>Every version of every plan, plans by id, the newest version first.</summary>
    public Task<IReadOnlyList<PayPlanVersion>> AllAsync(CancellationToken ct) => ReadAsync(null, ct);

    /// <summary>Every version of a plan, the newest first; none when there is no such plan.</summary>
    public Task<IReadOnlyList<PayPlanVersion>> VersionsAsync(string plan, CancellationToken ct) => ReadAsync(plan, ct);

    /// <summary>The version in force on a day; null when there is none.</summary>
    public async Task<PayPlanVersion?> InForceAsync(string plan, DateOnly day, CancellationToken ct) => PayPlanVersion.InForce(await ReadAsync(plan, ct), day);

    /// <summary>Appends a version, as it stands in a transaction of the caller's; its change says what it came to.</summary>
    /// <param name="connection">With an open transaction.</param>
    /// <param name="document">The YAML; the id in it says of which plan it is.</param>
    /// <param name="currency">In which the company states amounts; null where nobody has said.</param>
    /// <param name="fromDay">First day on which it can be in force.</param>
    /// <param name="by">Sign-in name of who makes it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="expected">The version it was written from, 0 for a new plan: of two who write at once the second is told so.</param>
    /// <param name="ct">Nothing is appended when it is cancelled.</param>
    /// <exception cref="PlanRefusedException">It has faults, changes nothing, begins in what is paid, is not reasoned, or somebody else was faster.</exception>
    public async Task<PlanChange> AppendAsync(
        NpgsqlConnection connection, string document, string? currency, DateOnly fromDay, string by, string reason, int expected, CancellationToken ct)
    {
        var reading = PlanDocument.Read(document, currency);
        if (reading.Plan is not { } plan) throw new PlanRefusedException(string.Join(' ', reading.Faults));
        var why = Reasoned(reason);
        await LockAsync(connection, ct);
        var before = await ReadAsync(connection, plan.Id, ct) is [var newest, ..] ? newest : null;
        var hash = PlanDocument.HashOf(document);
        if (expected == 0 && before is not null) throw new PlanRefusedException($"There is a plan “{plan.Id}” already; expected another id, or open that one and change it.");
        if (expected != (before?.Version ?? 0)) throw new PlanRefusedException($"Meanwhile {before?.MadeBy} made version {before?.Version}: “{before?.Reason}”. Read it and make your change to it.");
        if (before is { Withdrawn: null } && before.Hash == hash && before.FromDay == fromDay) throw new PlanRefusedException("Nothing was changed.");
        if (before is not null && PlanDocument.Read(before.Document).Plan is { } old && old.Every != plan.Every) throw new PlanRefusedException($"“{plan.Id}” pays once a {PlanWords.Every(old.Every)}, and a plan's periods stay as they are; expected a new plan for other ones.");
        if (await PaidUntilAsync(connection, plan.Id, ct) is { } paid && fromDay < paid) throw new PlanRefusedException($"What was paid until {paid.AddDays(-1):yyyy-MM-dd} is locked and stays by the version it was paid by; expected a first day from {paid:yyyy-MM-dd} on.");
        await InsertAsync(connection, new PayPlanVersion
        {
            PlanId = plan.Id,
            Version = expected + 1,
            Document = document,
            Hash = hash,
            FromDay = fromDay,
            MadeAt = clock.GetUtcNow(),
            MadeBy = by,
            Reason = why,
        }, ct);
        return new PlanChange($"pay plan {plan.Id}", before is null ? null : Say(before.Version, before.FromDay, before.Hash), Say(expected + 1, fromDay, hash));
    }

    /// <summary>Takes a version back that is still to begin, as it stands in a transaction of the caller's: it is kept, and never in force. Nothing can be locked under it, since a period is run when it is over.</summary>
    /// <param name="connection">With an open transaction.</param>
    /// <param name="plan">Id of the plan.</param>
    /// <param name="version">Which.</param>
    /// <param name="today">In the company's zone.</param>
    /// <param name="by">Sign-in name of who does.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Nothing is withdrawn when it is cancelled.</param>
    /// <exception cref="PlanRefusedException">There is none, its first day has come, it is withdrawn already, or no reason is given.</exception>
    public async Task<PlanChange> WithdrawAsync(NpgsqlConnection connection, string plan, int version, DateOnly today, string by, string reason, CancellationToken ct)
    {
        var why = Reasoned(reason);
        await LockAsync(connection, ct);
        var found = (await ReadAsync(connection, plan, ct)).FirstOrDefault(v => v.Version == version) ?? throw new PlanRefusedException($"There is no version {version} of “{plan}”.");
        if (found.Withdrawn is { } before) throw new PlanRefusedException($"Version {version} was withdrawn already, by {before.By}: “{before.Reason}”.");
        if (found.FromDay <= today) throw new PlanRefusedException(FormattableString.Invariant($"Version {version} holds since {found.FromDay:yyyy-MM-dd}; only one whose first day is to come can be withdrawn. Write another version in its place."));
        await using var insert = new NpgsqlCommand("insert into pay_plan_withdrawal (plan_id, version, withdrawn_at, withdrawn_by, reason) values ($1, $2, $3, $4, $5)", connection);
        foreach (var value in new object[] { plan, version, clock.GetUtcNow(), by, why }) insert.Parameters.Add(new NpgsqlParameter { Value = value });
        await insert.ExecuteNonQueryAsync(ct);
        return new PlanChange($"pay plan {plan}", Say(version, found.FromDay, found.Hash), $"version {version} withdrawn: {why}");
    }

    /// <summary>One who writes at a time, over all plans: versions are numbered and splits add up.</summary>
    internal static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var gate = new NpgsqlCommand("lock table pay_plan in share row exclusive mode", connection);
        await gate.ExecuteNonQueryAsync(ct);
    }

    // The day after the last that a locked run paid; null for none.
    private static async Task<DateOnly?> PaidUntilAsync(NpgsqlConnection connection, string plan, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select max(to_day) from pay_run where plan_id = $1 and state = 'locked'", connection) { Parameters = { new() { Value = plan } } };
        return await command.ExecuteScalarAsync(ct) is DateOnly day ? day : null;
    }

    private static string Reasoned(string reason) => string.IsNullOrWhiteSpace(reason) ? throw new PlanRefusedException("Say why: whoever is paid by the plan reads it.")
        : reason.Length > LongestReason ? throw new PlanRefusedException($"The reason has {reason.Length} characters; expected at most {LongestReason}.") : reason.Trim();

    private static string Say(int version, DateOnly from, string hash) => FormattableString.Invariant($"version {version} from {from:yyyy-MM-dd}, {hash[..16]}");

    private async Task<IReadOnlyList<PayPlanVersion>> ReadAsync(string? plan, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, plan, ct);
    }

    private static async Task<IReadOnlyList<PayPlanVersion>> ReadAsync(NpgsqlConnection connection, string? plan, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)plan ?? DBNull.Value } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var versions = new List<PayPlanVersion>();
        while (await row.ReadAsync(ct))
            versions.Add(new PayPlanVersion
            {
                PlanId = row.GetString(0),
                Version = row.GetInt32(1),
                Document = row.GetString(2),
                Hash = row.GetString(3),
                FromDay = row.GetFieldValue<DateOnly>(4),
                MadeAt = row.GetFieldValue<DateTimeOffset>(5),
                MadeBy = row.GetString(6),
                Reason = row.GetString(7),
                Withdrawn = row.IsDBNull(8) ? null : new PlanWithdrawal(row.GetFieldValue<DateTimeOffset>(8), row.GetString(9), row.GetString(10)),
            });
        return versions;
    }

    private static async Task InsertAsync(NpgsqlConnection connection, PayPlanVersion version, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            "insert into pay_plan (plan_id, version, document, hash, from_day, made_at, made_by, reason) values ($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        foreach (var value in new object[] { version.PlanId, version.Version, version.Document, version.Hash, version.FromDay, version.MadeAt, version.MadeBy, version.Reason })
            insert.Parameters.Add(new NpgsqlParameter { Value = value });
        await insert.ExecuteNonQueryAsync(ct);
    }
}
