namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Wrong by what decides over a plan's components.</summary>
internal static class WrongConditions
{
    internal static (char Plan, string From, string To, string Says)[] All { get; } =
    [
        ('A', "before: [retention]", "before: [retentions]", "did you mean 'retention'?"),
        ('A', "before: [retention]", "before: [growth]", "names the component “growth”, which the plan does not have"),
        ('A', "before: [retention]", "before: [retention, retention]", "names a component twice"),
        ('A', "    limit: 70\n", "", "“limit” is missing"),
        ('A', "limit: 70", "limit: 0.7", "shares are in percent"),
        ('A', "limit: 70", "limit: 170", "cannot be meant"),
        ('A', "limit: 70", "threshold: 70", "“threshold” is not known here"),
        ('T', "metric: csat\n    for: team", "metric: mystery_shop\n    for: person", "says nothing about single people"),
        ('T', "{ at: 95, pays: 110 }", "{ at: 95, pays: 90 }\n      - { at: 99, pays: 80 }", "pays less"),
        ('T', "minimum_n: 10\n    points", "minimum_n: 10\n    of: [satisfied]\n    points", "names the component “satisfied”"),
    ];
}
