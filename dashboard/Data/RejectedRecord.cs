using System.Text.Json;
using Followthrough.Analytics.Store;
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

    /// <summary>Its fields in the source's order. Those too long to be kept here are not among them.</summary>
    public required IReadOnlyList<RejectedField> Fields { get; init; }

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

    internal static async Task<RejectedRecord?> FindAsync(NpgsqlDataSource db, long id, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Read(row) : null;
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
        Fields = FieldsOf(row.GetString(9), Text(row, 15) ?? "{}"),
    };

    private static RejectedField[] FieldsOf(string record, string edit)
    {
        var came = JsonSerializer.Deserialize<Dictionary<string, string?>>(record)!;
        var corrected = JsonSerializer.Deserialize<Dictionary<string, string>>(edit)!;
        return
        [
            // A field beyond the header has no name by which it could be corrected.
            .. came.Where(f => !f.Key.StartsWith("(field ", StringComparison.Ordinal) && f.Value?.EndsWith(SourceRecord.ShortenedMark, StringComparison.Ordinal) != true)
                .Select(f => new RejectedField(f.Key, f.Value, corrected.TryGetValue(f.Key, out var value) ? value : f.Value)),
            .. corrected.Where(f => !came.ContainsKey(f.Key)).Select(f => new RejectedField(f.Key, null, f.Value)),
        ];
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
