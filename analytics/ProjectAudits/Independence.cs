using System.Globalization;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Who may audit a project: somebody of another unit who has not worked on it and is not paid by it.</summary>
internal static class Independence
{
    /// <summary>What stands against it, each in a clause that follows “he”; empty when he is independent.</summary>
    /// <param name="auditor">Who would audit.</param>
    /// <param name="unit">The unit that does the work; null when not known, which counts as his own.</param>
    /// <param name="ties">What binds him to it.</param>
    public static IReadOnlyList<string> Against(Auditor auditor, string? unit, AuditorTies ties) => [.. Clauses(auditor, unit, ties)];

    private static IEnumerable<string> Clauses(Auditor auditor, string? unit, AuditorTies ties)
    {
        if (unit is null) yield return "would audit a project of no known unit, which counts as everybody's own";
        else if (auditor.Unit is null) yield return "is of no known unit, which counts as the project's own";
        else if (auditor.Unit == unit) yield return $"is of the project's own unit, {unit}";
        if (ties.Manages) yield return "manages the project";
        if (ties.LeadsManager) yield return "is the project manager's manager";
        if (ties.CostEntries > 0) yield return $"worked on it ({(ties.Hours is { } hours ? $"{hours.ToString("#,0.##", CultureInfo.InvariantCulture)} hours" : Count(ties.CostEntries, "entry", "entries"))})";
        if (ties.Communications > 0) yield return $"was in touch with the customer about it ({Count(ties.Communications, "contact", "contacts")})";
        if (ties.Commitments > 0) yield return $"answers for {Count(ties.Commitments, "commitment", "commitments")} on it";
        if (ties.Credit is { } share) yield return $"is credited with {(100 * share).ToString("0.##", CultureInfo.InvariantCulture)} % of what its customer brings";
        if (ties.HasAccount) yield return "is responsible for its customer";
    }

    private static string Count(long n, string one, string many) => $"{n.ToString("#,0", CultureInfo.InvariantCulture)} {(n == 1 ? one : many)}";
}
