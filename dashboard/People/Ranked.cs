using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.People;

/// <summary>A person or a team among others.</summary>
/// <param name="Key">Staff or team key; null for what nobody is responsible for.</param>
/// <param name="Name">What to show.</param>
/// <param name="Value">The figure of a kind, or of all kinds together.</param>
/// <param name="Expected">What the company reaches with the same mix of customers, or of kinds, as a fraction; null when that cannot be said.</param>
public sealed record Ranked(string? Key, string Name, MetricValue Value, double? Expected)
{
    /// <summary>
    /// How it stands against what was to be expected: 1 above, -1 below, 0 where chance alone may explain the difference; null where there
    /// are too few cases or nothing to hold it against.
    /// </summary>
    public int? AgainstExpected => this switch
    {
        { Value: { TooFew: false, Interval: { } interval }, Expected: { } expected } => interval.Low > expected ? 1 : interval.High < expected ? -1 : 0,
        _ => null,
    };

    /// <summary>Best first; too few to judge come last, by name, and are not ranked.</summary>
    internal static IReadOnlyList<Ranked> Order(IEnumerable<CommitmentGroup> groups, CaseMix mix) =>
        Order([.. groups.Select(g => new Ranked(g.Key, g.Name, g.Value, mix.Expected(g.Key)))]);

    /// <inheritdoc cref="Order(IEnumerable{CommitmentGroup}, CaseMix)"/>
    internal static IReadOnlyList<Ranked> Order(IReadOnlyCollection<Ranked> all) =>
    [
        .. all.Where(r => IsJudged(r.Value)).OrderByDescending(r => r.Value.Value).ThenByDescending(r => r.Value.N).ThenBy(r => r.Name, StringComparer.Ordinal),
        .. all.Where(r => !IsJudged(r.Value)).OrderBy(r => r.Name, StringComparer.Ordinal),
    ];

    internal static bool IsJudged(MetricValue value) => value is { TooFew: false, Value: not null };
}
