using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>What was aimed at in a quarter: written down at the close, and from then on what its days are held against.</summary>
internal static class EditionTargets
{
    private const string OfCatalogue = "catalogue", OfCompany = "company", OfTeam = "team", OfStaff = "staff";

    private const string Targets = """
        select edition_id, metric, scope, key, from_day, to_day, threshold, target, stretch from edition_target where edition_id = any ($1)
        """;

    private const string Members = "select edition_id, staff_key, team_key, from_day, to_day from edition_member where edition_id = any ($1) order by staff_key, from_day desc";

    /// <summary>Writes down what was in force on any day of the quarter as it was written down at the cut-off; the same as a book.</summary>
    public static async Task<TargetBook> WriteAsync(AsKnown then, EditionDraft draft, CancellationToken ct)
    {
        var targets = (await TargetStore.ReadAsync(then.Connection, draft.Closing.CutOff, ct)).Where(t => t.From < draft.Period.End && (t.To is null || draft.Period.Start < t.To)).ToList();
        var members = (await TargetStore.SpellsAsync(then.Connection, draft.Zone.Id, ct)).Where(m => m.From < draft.Period.End && (m.To is null || draft.Period.Start < m.To)).ToList();
        var usual = draft.Catalogue.Where(m => m.Goal is not null).ToDictionary(m => m.Id, m => WrittenUnit.Of(m.Unit, m.Goal!.Value));
        await using (var copy = await then.Connection.BeginBinaryImportAsync(
            "copy public.edition_target (edition_id, metric, scope, key, from_day, to_day, threshold, target, stretch) from stdin (format binary)", ct))
        {
            foreach (var (metric, target) in usual) await AddAsync(copy, draft.Id, metric, OfCatalogue, null, null, null, new TargetPoints(null, target, null), ct);
            foreach (var target in targets) await AddAsync(copy, draft.Id, target.Metric, ScopeOf(target.Scope), target.Scope.Staff ?? target.Scope.Team, target.From, target.To, target.Points, ct);
            await copy.CompleteAsync(ct);
        }
        await using var lines = await then.Connection.BeginBinaryImportAsync("copy public.edition_member (edition_id, staff_key, team_key, from_day, to_day) from stdin (format binary)", ct);
        foreach (var member in members)
        {
            await lines.StartRowAsync(ct);
            await lines.WriteAsync(draft.Id, NpgsqlDbType.Bigint, ct);
            await lines.WriteAsync(member.Staff, NpgsqlDbType.Text, ct);
            await lines.WriteAsync(member.Team, NpgsqlDbType.Text, ct);
            await lines.WriteAsync(member.From, NpgsqlDbType.Date, ct);
            await WriteAsync(lines, member.To, NpgsqlDbType.Date, ct);
        }
        await lines.CompleteAsync(ct);
        return new TargetBook(targets, members, null, usual);
    }

    /// <summary>What the editions that stand say was aimed at; those that were closed before targets were kept say nothing.</summary>
    public static async Task<IReadOnlyList<ClosedBook>> BooksAsync(NpgsqlConnection connection, EditionList editions, CancellationToken ct)
    {
        var kept = editions.Standing.Where(e => e.KeepsTargets).ToList();
        if (kept.Count == 0) return [];
        long[] ids = [.. kept.Select(e => e.Id)];
        var targets = (await ReadAsync(connection, Targets, ids, TargetOf, ct)).ToLookup(t => t.Edition);
        var members = (await ReadAsync(connection, Members, ids, MemberOf, ct)).ToLookup(m => m.Edition, m => m.Spell);
        return [.. kept.Select(e => new ClosedBook(e.Period.Start, e.Period.End, new TargetBook(
            targets[e.Id].Where(t => t.Scope != OfCatalogue).Select(t => t.Target), members[e.Id], null,
            targets[e.Id].Where(t => t.Scope == OfCatalogue).ToDictionary(t => t.Target.Metric, t => t.Target.Points.Target))))];
    }

    private static string ScopeOf(TargetScope scope) => scope switch { { Staff: not null } => OfStaff, { Team: not null } => OfTeam, _ => OfCompany };

    private static (long Edition, string Scope, MetricTarget Target) TargetOf(NpgsqlDataReader row)
    {
        var (scope, key) = (row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3));
        return (row.GetInt64(0), scope, new MetricTarget
        {
            Metric = row.GetString(1),
            Scope = new TargetScope(scope == OfTeam ? key : null, scope == OfStaff ? key : null),
            From = row.IsDBNull(4) ? DateOnly.MinValue : row.GetFieldValue<DateOnly>(4),
            To = row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5),
            Points = new TargetPoints(row.IsDBNull(6) ? null : row.GetDecimal(6), row.GetDecimal(7), row.IsDBNull(8) ? null : row.GetDecimal(8)),
        });
    }

    private static (long Edition, TeamSpell Spell) MemberOf(NpgsqlDataReader row) => (row.GetInt64(0),
        new TeamSpell(row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4)));

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, long[] editions, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = editions } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var all = new List<T>();
        while (await row.ReadAsync(ct)) all.Add(read(row));
        return all;
    }

    private static async Task AddAsync(
        NpgsqlBinaryImporter copy, long edition, string metric, string scope, string? key, DateOnly? from, DateOnly? to, TargetPoints points, CancellationToken ct)
    {
        await copy.StartRowAsync(ct);
        await copy.WriteAsync(edition, NpgsqlDbType.Bigint, ct);
        foreach (var text in new[] { metric, scope, key }) await WriteAsync(copy, text, NpgsqlDbType.Text, ct);
        foreach (var day in new[] { from, to }) await WriteAsync(copy, day, NpgsqlDbType.Date, ct);
        foreach (var number in new[] { points.Threshold, points.Target, points.Stretch }) await WriteAsync(copy, number, NpgsqlDbType.Numeric, ct);
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter copy, T value, NpgsqlDbType type, CancellationToken ct) => value is null ? copy.WriteNullAsync(ct) : WriteValueAsync(copy, value, type, ct);

    private static Task WriteValueAsync(NpgsqlBinaryImporter copy, object value, NpgsqlDbType type, CancellationToken ct) => copy.WriteAsync(value, type, ct);
}
