using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>A key that facts name and no account has.</summary>
/// <param name="Key">The key.</param>
/// <param name="Facts">Facts that wait for it.</param>
/// <param name="Since">Since when the first of them waits.</param>
/// <param name="Kinds">Which facts they are.</param>
/// <param name="Candidate">Key of the account it most likely belongs to; null when there is none.</param>
/// <param name="CandidateName">Its name.</param>
/// <param name="Why">Why it is likely, in words.</param>
public sealed record UnknownKey(string Key, long Facts, DateTimeOffset Since, IReadOnlyList<string> Kinds, string? Candidate, string? CandidateName, string? Why)
{
    private static readonly string Sql = SqlText.Read(typeof(UnknownKey), "Identity/UnknownKeys.sql");

    // What the part of a key behind the system's name can be, the best first.
    private static readonly (string Kind, string Words)[] Ways =
    [
        ("id", "names it as its number there"), ("mail", "has that mail address"), ("domain", "has that domain"), ("phone", "has that phone number"),
        ("name", "has that name"), ("number", "has that number in its own system"),
    ];

    /// <summary>The keys that most facts wait for, and how many keys there are.</summary>
    public static async Task<(IReadOnlyList<UnknownKey> Keys, long Total)> ReadAsync(NpgsqlDataSource db, int atMost, CancellationToken ct)
    {
        var (keys, total) = await ReadAsync(db, atMost, [], ct);
        var asked = keys.SelectMany(k => Profile.OfKey(k.Key).Select(v => (k.Key, v.Kind, v.Value, Rank: Array.FindIndex(Ways, x => x.Kind == v.Kind)))).ToList();
        return asked.Count == 0 ? (keys, total) : await ReadAsync(db, atMost, asked, ct);
    }

    private static async Task<(IReadOnlyList<UnknownKey> Keys, long Total)> ReadAsync(
        NpgsqlDataSource db, int atMost, IReadOnlyList<(string Key, string Kind, string Value, int Rank)> asked, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(atMost);
        command.Parameters.AddWithValue(asked.Select(a => a.Key).ToArray());
        command.Parameters.AddWithValue(asked.Select(a => a.Kind).ToArray());
        command.Parameters.AddWithValue(asked.Select(a => a.Value).ToArray());
        command.Parameters.AddWithValue(asked.Select(a => a.Rank).ToArray());
        await using var row = await command.ExecuteReaderAsync(ct);
        var (keys, total) = (new List<UnknownKey>(), 0L);
        while (await row.ReadAsync(ct))
        {
            total = row.GetInt64(4);
            var found = !row.IsDBNull(5);
            keys.Add(new UnknownKey(
                row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<string[]>(3), found ? row.GetString(5) : null,
                found ? row.GetString(6) : null, found ? Ways.Single(k => k.Kind == row.GetString(7)).Words : null));
        }
        return (keys, total);
    }
}
