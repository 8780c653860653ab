namespace Followthrough.Analytics.Metrics;

/// <summary>Between what a figure lies by its formula, in its unit. Credit notes can push a part of a whole beyond; the figure is then shown as it is.</summary>
/// <param name="Least">Null where it can be as low as it likes.</param>
/// <param name="Most">Null where it can be as high as it likes.</param>
public sealed record Bounds(double? Least, double? Most)
{
    /// <summary>A figure without bounds: an error in either direction.</summary>
    public static Bounds None { get; } = new(null, null);

    /// <summary>A part of a whole.</summary>
    public static Bounds Part { get; } = new(0, 1);

    /// <summary>A number or a quotient of two that are never negative.</summary>
    public static Bounds NotNegative { get; } = new(0, null);

    /// <summary>A share of what can be lost altogether, and more than once: a margin.</summary>
    public static Bounds AtMostWhole { get; } = new(null, 1);

    /// <summary>Promoters less detractors.</summary>
    public static Bounds NetPromoter { get; } = new(-100, 100);

    /// <summary>A mark on the scale of customer effort.</summary>
    public static Bounds Effort { get; } = new(1, 7);

    /// <summary>The interval without what the figure cannot be; it never ends short of the figure itself.</summary>
    public Interval? Of(Interval? interval, double value) => interval is not { } i ? null
        : new(Least is { } least ? Math.Max(i.Low, Math.Min(least, value)) : i.Low, Most is { } most ? Math.Min(i.High, Math.Max(most, value)) : i.High);
}
