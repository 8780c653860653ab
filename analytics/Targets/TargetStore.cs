using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Targets;

/// <summary>What became of a target that was to be set.</summary>
/// <param name="Before">What it replaced or ended, in the order of days; none when it stands where nothing stood.</param>
/// <param name="IsNew">False when exactly this was in force already; nothing is written then.</param>
/// <param name="Fault">Why it was not taken, in words; null when it was.</param>
internal sealed record TargetOutcome(IReadOnlyList<MetricTarget> Before, bool IsNew, string? Fault);

/// <summary>Writes targets down and reads them. Rows are added and marked as replaced, nothing else.</summary>
internal static class TargetStore
{
    private const string Columns = "select target_id, metric, team_key, staff_key, from_day, to_day, threshold, target, stretch from metric_target where ";
    private const string Counting = Columns + "(($1::timestamptz is null and replaced_at is null) or (recorded_at <= $1 and (replaced_at is null or replaced_at > $1))) order by target_id";
    private const string OfScope = Columns + "replaced_at is null and metric = $1 and team_key is not distinct from $2 and staff_key is not distinct from $3 order by from_day";
    private const string OfNumber = Columns + "replaced_at is null and target_id = $1";

    private static readonly string Spells = SqlText.Read(typeof(TargetStore), "Targets/Spells.sql");

    /// <summary>Everything that counted at a moment; null is now, with what closed quarters say of their days.</summary>
    public static async Task<TargetBook> BookAsync(NpgsqlDataSource db, DateTimeOffset? asOf, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        var closed = asOf is null ? await EditionTargets.BooksAsync(connection, await EditionList.ReadAsync(db, ct), ct) : [];
        return new TargetBook(await ReadAsync(connection, asOf, ct), await SpellsAsync(connection, company.Zone.Id, ct), closed);
    }

    /// <summary>The targets that counted at a moment; null is now.</summary>
    public static Task<IReadOnlyList<MetricTarget>> ReadAsync(NpgsqlConnection connection, DateTimeOffset? asOf, CancellationToken ct) =>
        ReadAsync(connection, Counting, [asOf?.ToUniversalTime()], ct);

    /// <summary>The target of a number that counts now; null when there is none.</summary>
    public static async Task<MetricTarget?> FindAsync(NpgsqlConnection connection, long id, CancellationToken ct) =>
        (await ReadAsync(connection, OfNumber, [id], ct)).SingleOrDefault();

    /// <summary>
    /// Sets a target in the connection's transaction. One of the same first day is replaced by it, and one without an end ends where it begins;
    /// whatever else it would overlap is a fault.
    /// </summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="target">Valid in itself, of somebody who is there.</param>
    /// <param name="by">Who sets it.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Stops the writing.</param>
    public static async Task<TargetOutcome> SetAsync(NpgsqlConnection connection, MetricTarget target, string by, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(connection, ct);
        var touched = (await ReadAsync(connection, OfScope, [target.Metric, target.Scope.Team, target.Scope.Staff], ct)).Where(t => t.Overlaps(target)).ToList();
        if (touched.Any(t => t with { Id = 0 } == target with { Id = 0 })) return new TargetOutcome([], IsNew: false, null);
        if (touched.Find(t => t.From != target.From && !(t.To is null && t.From < target.From)) is { } other) return new TargetOutcome([], IsNew: false, Overlap(other));
        foreach (var before in touched)
        {
            await MarkAsync(connection, before.Id, by, now, ct);
            if (before.From < target.From) await InsertAsync(connection, before with { To = target.From }, by, now, ct);
        }
        await InsertAsync(connection, target, by, now, ct);
        return new TargetOutcome(touched, IsNew: true, null);
    }

    /// <summary>
    /// Ends a target: the given day is the first it is not in force; one at or before its first day undoes it altogether. What it was; null when
    /// there is none of that number that counts, or it ends earlier already.
    /// </summary>
    public static async Task<MetricTarget?> EndAsync(NpgsqlConnection connection, long id, DateOnly to, string by, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(connection, ct);
        if (await FindAsync(connection, id, ct) is not { } target || target.To <= to) return null;
        await MarkAsync(connection, id, by, now, ct);
        if (target.From < to) await InsertAsync(connection, target with { To = to }, by, now, ct);
        return target;
    }

    /// <summary>Reads the columns that every statement about targets begins with.</summary>
    internal static MetricTarget TargetOf(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Metric = row.GetString(1),
        Scope = new TargetScope(row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)),
        From = row.GetFieldValue<DateOnly>(4),
        To = row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5),
        Points = new TargetPoints(row.IsDBNull(6) ? null : row.GetDecimal(6), row.GetDecimal(7), row.IsDBNull(8) ? null : row.GetDecimal(8)),
    };

    private static async Task<IReadOnlyList<MetricTarget>> ReadAsync(NpgsqlConnection connection, string sql, object?[] values, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        Bind(command, values);
        await using var row = await command.ExecuteReaderAsync(ct);
        var targets = new List<MetricTarget>();
        while (await row.ReadAsync(ct)) targets.Add(TargetOf(row));
        return targets;
    }

    private static void Bind(NpgsqlCommand command, object?[] values)
    {
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }

    private static string Overlap(MetricTarget other) =>
        $"from_day: a target from {TargetRules.Day(other.From)}{(other.To is { } to ? $" to {TargetRules.Day(to.AddDays(-1))}" : " on")} holds on some of these days; expected days that are free, or end that one first.";

    // Two people at once must not both find the days free.
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var gate = new NpgsqlCommand("lock table metric_target in share row exclusive mode", connection);
        await gate.ExecuteNonQueryAsync(ct);
    }

    private static async Task MarkAsync(NpgsqlConnection connection, long id, string by, DateTimeOffset now, CancellationToken ct)
    {
        await using var mark = new NpgsqlCommand("update metric_target set replaced_at = $2, replaced_by = $3 where target_id = $1", connection);
        Bind(mark, [id, now, by]);
        await mark.ExecuteNonQueryAsync(ct);
    }

    private static async Task InsertAsync(NpgsqlConnection connection, MetricTarget target, string by, DateTimeOffset now, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("""
            insert into metric_target (metric, team_key, staff_key, from_day, to_day, threshold, target, stretch, recorded_at, recorded_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """, connection);
        Bind(insert, [target.Metric, target.Scope.Team, target.Scope.Staff, target.From, target.To, target.Points.Threshold, target.Points.Target, target.Points.Stretch, now, by]);
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Who was in which team, in days of a zone.</summary>
    public static async Task<IReadOnlyList<TeamSpell>> SpellsAsync(NpgsqlConnection connection, string zone, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Spells, connection);
        command.Parameters.AddWithValue("zone", zone);
        await using var row = await command.ExecuteReaderAsync(ct);
        var spells = new List<TeamSpell>();
        while (await row.ReadAsync(ct))
            spells.Add(new TeamSpell(row.GetString(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), await row.GetFieldValueAsync<DateOnly?>(3, ct)));
        return spells;
    }
}
