namespace Followthrough.Dashboard.Overview;

/// <summary>A promise whose rate changed by more than chance would change it.</summary>
/// <param name="Promise">Which, with both figures.</param>
/// <param name="Difference">Now less before, as a fraction.</param>
/// <param name="Strength">How many standard errors that is; the sign is that of the difference.</param>
public sealed record Movement(Promise Promise, double Difference, double Strength)
{
    private const int Shown = 5;

    // Beyond it lie 5 % of what chance alone does.
    private const double Beyond = 1.959963984540054;

    /// <summary>The strongest, first; none where nothing moved beyond chance (95 %, two proportions).</summary>
    internal static IReadOnlyList<Movement> Of(IEnumerable<Promise> promises) =>
    [
        .. promises.Select(Read).OfType<Movement>()
            .Where(movement => Math.Abs(movement.Strength) >= Beyond)
            .OrderByDescending(movement => Math.Abs(movement.Strength))
            .Take(Shown),
    ];

    private static Movement? Read(Promise promise)
    {
        if (promise is not { Value: { TooFew: false, Value: { } now } value, Prior: { TooFew: false, Value: { } then } prior }) return null;
        var pooled = (double)(value.Kept + prior.Kept) / (value.N + prior.N);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / value.N + 1.0 / prior.N));
        return error == 0 ? null : new Movement(promise, now - then, (now - then) / error);
    }
}
