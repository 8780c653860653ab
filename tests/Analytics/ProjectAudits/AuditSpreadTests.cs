using Followthrough.Analytics.ProjectAudits;

namespace Followthrough.Tests.Analytics.ProjectAudits;

public sealed class AuditSpreadTests
{
    private static readonly string[] People = ["hr:A", "hr:B", "hr:C"];

    [Fact]
    public void Thirty_audits_among_three_are_ten_each_and_the_same_again()
    {
        var spread = Spread([.. Enumerable.Range(1, 30).Select(n => ($"P{n}", People))]);
        Assert.Equal([10, 10, 10], spread.GroupBy(s => s.Auditor).Select(g => g.Count()));
        Assert.Equal(spread, Spread([.. Enumerable.Range(1, 30).Select(n => ($"P{n}", People))]));
    }

    [Fact]
    public void Who_has_some_already_gets_fewer() => Assert.Equal(
        [("hr:B", 3), ("hr:C", 3)],
        Spread([.. Enumerable.Range(1, 6).Select(n => ($"P{n}", People))], new() { ["hr:A"] = 3 }).GroupBy(s => s.Auditor).Select(g => (g.Key, g.Count())).Order());

    [Fact]
    public void Where_only_one_is_independent_he_gets_it_and_the_others_level_out() =>
        Assert.Equal(
            [("narrow 1", "hr:A"), ("narrow 2", "hr:A")],
            Spread([("wide 1", People), ("wide 2", People), ("narrow 1", ["hr:A"]), ("narrow 2", ["hr:A"])]).Where(s => s.Auditor == "hr:A").Order());

    [Fact]
    public void Where_nobody_is_independent_nobody_gets_it() => Assert.Empty(Spread([("P", [])]));

    private static IReadOnlyList<(string Of, string Auditor)> Spread((string Project, string[] Independent)[] projects, Dictionary<string, int>? load = null) =>
        AuditSpread.Of([.. projects.Select(p => (p.Project, p.Project, (IReadOnlyCollection<string>)p.Independent))], load ?? []);
}
