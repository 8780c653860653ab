namespace Followthrough.Analytics.Compensation;

/// <summary>What a reached tier's rate applies to. Plans say it in words: the two differ by thousands at an edge.</summary>
public enum TierRule
{
    /// <summary>Each slice at its own rate.</summary>
    Marginal,

    /// <summary>All of it, from the first unit, at the rate that was reached.</summary>
    Retroactive,
}

/// <summary>A step of a commission.</summary>
/// <param name="From">Volume from which it applies, that volume included.</param>
/// <param name="Rate">As a fraction: 0.05 for 5 %.</param>
public sealed record RateTier(decimal From, decimal Rate);

/// <summary>A commission whose rate depends on the volume.</summary>
public sealed class RateTiers
{
    private readonly RateTier[] _tiers;

    /// <param name="rule">What a reached tier's rate applies to.</param>
    /// <param name="tiers">In any order, each from another volume.</param>
    /// <exception cref="ArgumentException">There is no tier, or two begin at the same volume.</exception>
    public RateTiers(TierRule rule, IEnumerable<RateTier> tiers)
    {
        (Rule, _tiers) = (rule, [.. tiers.OrderBy(t => t.From)]);
        if (_tiers.Length == 0 || _tiers.DistinctBy(t => t.From).Count() < _tiers.Length)
            throw new ArgumentException("A commission has tiers, each from another volume.", nameof(tiers));
    }

    /// <summary>What a reached tier's rate applies to.</summary>
    public TierRule Rule { get; }

    /// <summary>From the lowest volume up.</summary>
    public IReadOnlyList<RateTier> Tiers => _tiers;

    /// <summary>What the volume earns, unrounded; nothing below the first tier.</summary>
    public decimal Earned(decimal volume) => Rule switch
    {
        TierRule.Marginal => _tiers.Select((t, i) => Math.Max(0, Math.Min(volume, i + 1 < _tiers.Length ? _tiers[i + 1].From : volume) - t.From) * t.Rate).Sum(),
        TierRule.Retroactive => volume * (_tiers.LastOrDefault(t => t.From <= volume)?.Rate ?? 0),
        _ => throw new ArgumentOutOfRangeException(nameof(volume), Rule, "no such rule"),
    };

    /// <summary>The same rates for a part of the period: each from its volume times a factor above zero.</summary>
    public RateTiers Prorated(decimal factor) => new(Rule, _tiers.Select(t => t with { From = t.From * factor }));

    /// <summary>
    /// What is due once the volume of the whole period stands at <paramref name="volume"/> and earlier settlements came to
    /// <paramref name="settled"/>; negative when they were too much, which is carried forward. A tier reached retroactively thus pays the
    /// difference, not the slices a second time.
    /// </summary>
    public decimal Due(decimal volume, decimal settled) => Earned(volume) - settled;
}
