using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Overview;

/// <summary>A promise whose rate changed by more than chance would change it.</summary>
/// <param name="Promise">Which, with both figures.</param>
/// <param name="Difference">Now less before, as a fraction.</param>
/// <param name="Strength">How many standard errors that is; the sign is that of the difference.</param>
public sealed record Movement(Promise Promise, double Difference, double Strength)
{
    private const int Shown = 5;

    /// <summary>The strongest, first; none where nothing moved beyond chance (95 %, two proportions).</summary>
    internal static IReadOnlyList<Movement> Of(IEnumerable<Promise> promises) =>
    [
        .. promises.Select(Read).OfType<Movement>()
            .Where(movement => TwoRates.BeyondChance(movement.Strength))
            .OrderByDescending(movement => Math.Abs(movement.Strength))
            .Take(Shown),
    ];

    private static Movement? Read(Promise promise)
    {
        if (promise is not { Value: { TooFew: false, Value: { } now } value, Prior: { TooFew: false, Value: { } then } prior }) return null;
        return TwoRates.Strength(value.Kept, value.N, prior.Kept, prior.N) is { } strength ? new Movement(promise, now - then, strength) : null;
    }
}
