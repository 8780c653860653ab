using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>
/// How the audits of a quarter's projects stood at its first signature, which fixes the cut-off: they have no history from which that could be
/// derived later.
/// </summary>
internal static class EditionAudits
{
    private const string Audits = "audits", Findings = "findings";

    /// <summary>Each project and each finding as a line of its file, as they stand now.</summary>
    public static async Task<IReadOnlyList<(string File, string Line)>> LinesAsync(NpgsqlDataSource db, TimeProvider clock, Period quarter, CancellationToken ct)
    {
        var projects = await new ProjectAuditReader(db).ReadAsync(quarter, ct);
        var findings = await new FindingReader(db, clock).OfQuarterAsync(Viewer.Everything("edition"), quarter, ct);
        return [.. projects.Select(p => (Audits, JsonSerializer.Serialize(p, EditionJson.Options))), .. findings.Select(f => (Findings, JsonSerializer.Serialize(f, EditionJson.Options)))];
    }

    /// <summary>The projects and findings of an edition that keeps them, in the order in which they are shown.</summary>
    public static async Task<(IReadOnlyList<AuditedProject> Projects, IReadOnlyList<AuditFinding> Findings)> ReadAsync(NpgsqlDataSource db, Edition edition, CancellationToken ct)
    {
        var projects = await ReadAsync<AuditedProject>(db, edition, Audits, ct);
        var findings = await ReadAsync<AuditFinding>(db, edition, Findings, ct);
        return (
            [.. projects.OrderBy(p => p.AccountName, StringComparer.Ordinal).ThenBy(p => p.ProjectName, StringComparer.Ordinal).ThenBy(p => p.CommitmentKey, StringComparer.Ordinal)],
            [.. findings.OrderBy(f => f.State == FindingState.Closed).ThenBy(f => f.DueAt).ThenBy(f => f.Id)]);
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataSource db, Edition edition, string file, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var found = new List<T>();
        await foreach (var line in EditionSeal.LinesAsync(connection, edition.Id, file, ct)) found.Add(JsonSerializer.Deserialize<T>(line, EditionJson.Options)!);
        return found;
    }
}
