using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Draws samples, keeps them, and keeps what was seen.</summary>
internal static class AuditItems
{
    private static readonly string CandidatesSql = SqlText.Read(typeof(AuditItems), "ProjectAudits/Candidates.sql");

    /// <summary>What was drawn for an audit, in the order of the draw.</summary>
    public static async Task<IReadOnlyList<AuditItem>> OfAsync(NpgsqlConnection connection, long audit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select item_id, sort, place, kind, item_key, at, verdict, words, judged_at, judged_by from audit_item where case_id = $1 order by sort desc, place", connection);
        command.Parameters.AddWithValue(audit);
        await using var row = await command.ExecuteReaderAsync(ct);
        var items = new List<AuditItem>();
        while (await row.ReadAsync(ct)) items.Add(Item(row));
        return items;
    }

    /// <summary>All there is to draw from, by the customer's id and the project's key.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="projects">Of one quarter.</param>
    /// <param name="zone">In which the quarter begins and ends.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<ILookup<(long Account, string Project), Candidate>> CandidatesAsync(
        NpgsqlConnection connection, IReadOnlyList<AuditedProject> projects, TimeZoneInfo zone, CancellationToken ct)
    {
        var (from, to) = AuditQuarter.Ending(projects[0].Quarter).Instants(zone);
        await using var command = new NpgsqlCommand(CandidatesSql, connection);
        AuditCandidates.Bind(command, projects);
        command.Parameters.AddWithValue("from", NpgsqlDbType.TimestampTz, from);
        command.Parameters.AddWithValue("to", NpgsqlDbType.TimestampTz, to);
        await using var row = await command.ExecuteReaderAsync(ct);
        var all = new List<((long, string), Candidate)>();
        while (await row.ReadAsync(ct))
            all.Add(((row.GetInt64(0), row.GetString(1)), new Candidate(
                AuditWord.Read<AuditItemSort>(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5))));
        return all.ToLookup(pair => pair.Item1, pair => pair.Item2);
    }

    /// <summary>All there was to draw from when an audit's sample was drawn, each sort in the order of the draw, and which were taken.</summary>
    public static async Task<IReadOnlyList<Drawable>> PopulationAsync(NpgsqlDataSource db, AuditCase audit, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select communication_keys, commitment_keys from audit_case where case_id = $1");
        command.Parameters.AddWithValue(audit.Id);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return [.. Enum.GetValues<AuditItemSort>().SelectMany(sort => SampleDraw.InOrder(audit.Seed, row.GetFieldValue<string[]>(sort == AuditItemSort.Communication ? 0 : 1), key => key)
            .Select((one, i) => new Drawable(sort, one.Of, one.Hash, i < SampleDraw.Size ? i + 1 : null)))];
    }

    /// <summary>Keeps what was drawn.</summary>
    public static async Task KeepAsync(NpgsqlConnection connection, long audit, IReadOnlyList<Candidate> drawn, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into audit_item (case_id, sort, place, kind, item_key, at)
            select $1, sort, row_number() over (partition by sort order by n), kind, item_key, at
            from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) with ordinality as d(sort, kind, item_key, at, n)
            """, connection);
        command.Parameters.AddWithValue(audit);
        command.Parameters.AddWithValue(drawn.Select(d => AuditWord.Of(d.Sort)).ToArray());
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Text, drawn.Select(d => d.Kind).ToArray());
        command.Parameters.AddWithValue(drawn.Select(d => d.Key).ToArray());
        command.Parameters.AddWithValue(drawn.Select(d => d.At).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Keeps what was seen of an item.</summary>
    public static async Task JudgeAsync(NpgsqlConnection connection, AuditItem item, AuditVerdict verdict, string? words, AuditActor by, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("update audit_item set verdict = $2, words = $3, judged_at = $4, judged_by = $5 where item_id = $1", connection);
        command.Parameters.AddWithValue(item.Id);
        command.Parameters.AddWithValue(AuditWord.Of(verdict));
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)words ?? DBNull.Value);
        command.Parameters.AddWithValue(by.At);
        command.Parameters.AddWithValue(by.Name);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Sets what was seen aside: somebody else has the audit now and looks for himself.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, long audit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("update audit_item set verdict = null, words = null, judged_at = null, judged_by = null where case_id = $1", connection);
        command.Parameters.AddWithValue(audit);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static AuditItem Item(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Sort = AuditWord.Read<AuditItemSort>(row.GetString(1)),
        Place = row.GetInt32(2),
        Kind = row.IsDBNull(3) ? null : row.GetString(3),
        Key = row.GetString(4),
        At = row.GetFieldValue<DateTimeOffset>(5),
        Verdict = row.IsDBNull(6) ? null : AuditWord.Read<AuditVerdict>(row.GetString(6)),
        Words = row.IsDBNull(7) ? null : row.GetString(7),
        JudgedAt = row.GetFieldValue<DateTimeOffset?>(8),
        JudgedBy = row.IsDBNull(9) ? null : row.GetString(9),
    };
}

/// <summary>Something that was there to draw from.</summary>
/// <param name="Sort">Communication or commitment.</param>
/// <param name="Key">As it was hashed: of a commitment its kind, a slash and its key.</param>
/// <param name="Hash">SHA-256 of the seed, a slash and the key, in lower-case hexadecimal.</param>
/// <param name="Place">Its place in the sample; null where it was not taken.</param>
internal sealed record Drawable(AuditItemSort Sort, string Key, string Hash, int? Place);

/// <summary>Something that could be drawn.</summary>
/// <param name="Sort">Communication or commitment.</param>
/// <param name="Kind">Kind of the commitment; null for a communication.</param>
/// <param name="Key">Key of the interaction or of the commitment.</param>
/// <param name="At">When it took place or opened.</param>
internal sealed record Candidate(AuditItemSort Sort, string? Kind, string Key, DateTimeOffset At)
{
    /// <summary>What it is ordered by: one fact may have opened commitments of several kinds.</summary>
    public string DrawnBy => Kind is null ? Key : $"{Kind}/{Key}";
}
