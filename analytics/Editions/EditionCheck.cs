using System.Text.Json;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>Holds the stored editions against their hashes, and the hashes against their chain.</summary>
public static class EditionCheck
{
    /// <summary>What is wrong, in sentences; nothing when every edition is as it was sealed.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var (wrong, previous) = (new List<string>(), (string?)null);
        foreach (var edition in (await EditionList.ReadAsync(db, ct)).All)
        {
            if (edition.PreviousHash != previous) wrong.Add($"{edition.Name} does not follow the edition before it.");
            previous = edition.Hash;
            wrong.AddRange(await FindAsync(connection, edition, ct));
        }
        return wrong;
    }

    private static async Task<IReadOnlyList<string>> FindAsync(NpgsqlConnection connection, Edition edition, CancellationToken ct)
    {
        var head = await HeadAsync(connection, edition.Id, ct);
        if (EditionSeal.HashOf(head) != edition.Hash) return [$"The head of {edition.Name} is not what was sealed."];
        using var document = JsonDocument.Parse(head);
        var wrong = new List<string>();
        foreach (var (file, sealedAs) in EditionSeal.FilesOf(document.RootElement))
            if (await EditionSeal.HashAsync(connection, edition.Id, file, ct) != sealedAs) wrong.Add($"The {file} of {edition.Name} are not what was sealed.");
        return wrong;
    }

    /// <summary>The text that states all of an edition.</summary>
    internal static async Task<string> HeadAsync(NpgsqlConnection connection, long edition, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select head from edition where edition_id = $1", connection) { Parameters = { new() { Value = edition } } };
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
