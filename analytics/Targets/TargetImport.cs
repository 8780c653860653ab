using Npgsql;

namespace Followthrough.Analytics.Targets;

/// <summary>What became of a file of targets.</summary>
/// <param name="Changes">What was set, in the order of the file, with what it replaced.</param>
/// <param name="Unchanged">Lines that were in force already.</param>
/// <param name="Rejected">Lines that could not be used, with why.</param>
internal sealed record TargetImport(IReadOnlyList<(MetricTarget Target, IReadOnlyList<MetricTarget> Before)> Changes, int Unchanged, IReadOnlyList<TargetFileLine> Rejected)
{
    /// <summary>Takes the lines that are good and names the others; one transaction, which is the caller's to commit.</summary>
    public static async Task<TargetImport> TakeAsync(NpgsqlConnection connection, TextReader file, string by, DateTimeOffset now, CancellationToken ct)
    {
        var (teams, people) = (await KeysAsync(connection, "team", ct), await KeysAsync(connection, "staff", ct));
        var (changes, unchanged, rejected) = (new List<(MetricTarget, IReadOnlyList<MetricTarget>)>(), 0, new List<TargetFileLine>());
        foreach (var line in await TargetFile.ReadAsync(file, ct))
        {
            if (line.Target is not { } target)
            {
                rejected.Add(line);
                continue;
            }
            var outcome = Unknown(target, teams, people) is { } fault ? new TargetOutcome([], IsNew: false, fault) : await TargetStore.SetAsync(connection, target, by, now, ct);
            if (outcome.Fault is { } wrong) rejected.Add(line with { Target = null, Faults = [wrong] });
            else if (outcome.IsNew) changes.Add((target, outcome.Before));
            else unchanged++;
        }
        return new TargetImport(changes, unchanged, rejected);
    }

    /// <summary>Why there is nobody it could be for, in words; null when there is.</summary>
    public static async Task<string?> UnknownAsync(NpgsqlConnection connection, MetricTarget target, CancellationToken ct) =>
        Unknown(target, await KeysAsync(connection, "team", ct), await KeysAsync(connection, "staff", ct));

    private static string? Unknown(MetricTarget target, HashSet<string> teams, HashSet<string> people) => target.Scope switch
    {
        { Team: { } team } when !teams.Contains(team) => $"team “{team}”: there is none of this key; expected a key of Admin, Teams.",
        { Staff: { } staff } when !people.Contains(staff) => $"person “{staff}”: there is nobody of this key; expected a key of People.",
        _ => null,
    };

    private static async Task<HashSet<string>> KeysAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select source_key from {table} where not deleted", connection);
        await using var row = await command.ExecuteReaderAsync(ct);
        var keys = new HashSet<string>();
        while (await row.ReadAsync(ct)) keys.Add(row.GetString(0));
        return keys;
    }
}
