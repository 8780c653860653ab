namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Spreads audits over who may do them: as evenly as independence lets it, by a seed instead of by preference.</summary>
internal static class AuditSpread
{
    /// <summary>
    /// An auditor for each project that has anybody independent. Those with the fewest to choose from go first; of the independent the one with
    /// the fewest audits so far is taken, then the one whose hash with the project's seed is first.
    /// </summary>
    /// <param name="projects">Each project, its seed, and who is independent of it.</param>
    /// <param name="load">How many audits of the quarter each has already.</param>
    public static IReadOnlyList<(T Of, string Auditor)> Of<T>(
        IReadOnlyCollection<(T Of, string Seed, IReadOnlyCollection<string> Independent)> projects, IReadOnlyDictionary<string, int> load)
    {
        var loads = new Dictionary<string, int>(load);
        var spread = new List<(T, string)>();
        foreach (var (project, seed, independent) in projects.Where(p => p.Independent.Count > 0).OrderBy(p => p.Independent.Count).ThenBy(p => p.Seed, StringComparer.Ordinal))
        {
            var chosen = independent.OrderBy(auditor => loads.GetValueOrDefault(auditor)).ThenBy(auditor => SampleDraw.Hash($"{seed}/{auditor}"), StringComparer.Ordinal).First();
            loads[chosen] = loads.GetValueOrDefault(chosen) + 1;
            spread.Add((project, chosen));
        }
        return spread;
    }
}
