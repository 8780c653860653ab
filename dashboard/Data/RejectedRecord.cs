using System.Text.Json;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Replaying;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>A field of a rejected record.</summary>
/// <param name="Name">As the source calls it.</param>
/// <param name="Came">What the source wrote there; null where it wrote nothing.</param>
/// <param name="Value">The same with what was corrected in it.</param>
public sealed record RejectedField(string Name, string? Came, string? Value);

/// <summary>A record that could not become a fact, whole.</summary>
public sealed record RejectedRecord
{
    /// <summary>What a field of the record is called in a form.</summary>
    internal const string Prefix = "f.";

    private static readonly string Sql = SqlText.Read(typeof(RejectedRecord), "Data/RejectedRecord.sql");

    public required Rejected Row { get; init; }
    public required long Batch { get; init; }
    public required string Mapping { get; init; }

    /// <summary>Key of the fact it was to become; null where it gave none.</summary>
    public required string? Key { get; init; }

    /// <summary>When it was last tried again; null when it never was.</summary>
    public required DateTimeOffset? TriedAt { get; init; }

    /// <summary>The batch in which it went in after all; null when it was settled otherwise or is open.</summary>
    public required long? ReplayedIn { get; init; }

    /// <summary>Who corrected it; null when nobody did.</summary>
    public required string? EditedBy { get; init; }

    public required DateTimeOffset? EditedAt { get; init; }

    /// <summary>Its fields in the source's order, then those its mapping reads and it does not have. Fields too long to be kept here are not among them.</summary>
    public required IReadOnlyList<RejectedField> Fields { get; init; }

    private IReadOnlyList<string> TooLong { get; init; } = [];

    /// <summary>True when its writing as a whole was wrong, so that all of its fields are to be looked at.</summary>
    public bool IsMalformed => HeldRecords.OfTheWhole.Contains(Row.Reason);

    /// <summary>What a form changes in it; of a malformed record all that was filled in, for nothing of it can be relied on.</summary>
    internal Dictionary<string, string> EditOf(IFormCollection form)
    {
        var edit = new Dictionary<string, string>();
        foreach (var (name, values) in form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var (field, value) = (name[Prefix.Length..], values.ToString().ReplaceLineEndings("\n"));
            if (field.Length == 0) continue;
            var before = Fields.FirstOrDefault(f => f.Name == field)?.Value?.ReplaceLineEndings("\n") ?? "";
            if (value != before || IsMalformed) edit[field] = value;
        }
        return edit;
    }

    internal static async Task<RejectedRecord?> FindAsync(NpgsqlDataSource db, OwnMappings own, long id, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        var found = Read(row);
        return found with { Fields = [.. found.Fields, .. await FurtherAsync(db, own, found, cancellation)] };
    }

    // What its mapping reads and the record did not have: a short line, a name that was left out.
    private static async Task<IEnumerable<RejectedField>> FurtherAsync(NpgsqlDataSource db, OwnMappings own, RejectedRecord record, CancellationToken cancellation)
    {
        if (record.Row is { ResolvedAt: not null } or { Reason: "bad_json" } || await HeldBatch.FindAsync(db, record.Batch, cancellation) is not { } batch) return [];
        try
        {
            var mapping = await ReplayMapping.FindAsync(db, own, batch, null, cancellation);
            return mapping.Used.Where(name => name != SourceRecord.Number && !record.TooLong.Contains(name) && record.Fields.All(f => f.Name != name)).Select(name => new RejectedField(name, null, null));
        }
        catch (MappingException)
        {
            // Its mapping is not here, which trying it again says in words.
            return [];
        }
    }

    private static RejectedRecord Read(NpgsqlDataReader row) => new()
    {
        Row = new Rejected
        {
            Id = row.GetInt64(0),
            File = row.GetString(2),
            Line = row.GetInt64(3),
            Fact = row.GetString(4),
            Field = Text(row, 6),
            Reason = row.GetString(7),
            Message = row.GetString(8),
            WaitingForAccount = Text(row, 10),
            RejectedAt = row.GetFieldValue<DateTimeOffset>(11),
            ResolvedAt = row.GetFieldValue<DateTimeOffset?>(13),
        },
        Batch = row.GetInt64(1),
        Mapping = row.GetString(18),
        Key = Text(row, 5),
        TriedAt = row.GetFieldValue<DateTimeOffset?>(12),
        ReplayedIn = row.GetFieldValue<long?>(14),
        EditedBy = Text(row, 16),
        EditedAt = row.GetFieldValue<DateTimeOffset?>(17),
        TooLong = [.. Came(row.GetString(9)).Where(IsTooLong).Select(f => f.Key)],
        Fields = FieldsOf(row.GetString(9), Text(row, 15) ?? "{}"),
    };

    private static RejectedField[] FieldsOf(string record, string edit)
    {
        var came = Came(record);
        var corrected = JsonSerializer.Deserialize<Dictionary<string, string>>(edit)!;
        return
        [
            // A field beyond the header has no name by which it could be corrected.
            .. came.Where(f => !f.Key.StartsWith("(field ", StringComparison.Ordinal) && !IsTooLong(f))
                .Select(f => new RejectedField(f.Key, f.Value, corrected.TryGetValue(f.Key, out var value) ? value : f.Value)),
            .. corrected.Where(f => !came.ContainsKey(f.Key)).Select(f => new RejectedField(f.Key, null, f.Value)),
        ];
    }

    private static Dictionary<string, string?> Came(string record) => JsonSerializer.Deserialize<Dictionary<string, string?>>(record)!;

    private static bool IsTooLong(KeyValuePair<string, string?> field) => field.Value?.EndsWith(SourceRecord.ShortenedMark, StringComparison.Ordinal) == true;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
