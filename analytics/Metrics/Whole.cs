namespace Followthrough.Analytics.Metrics;

/// <summary>Figures that were worked out together.</summary>
/// <param name="Value">The figures.</param>
/// <param name="Earlier">When they were worked out, where the data have moved since and newer ones are on their way; null where they are of now.</param>
public sealed record Whole<T>(T Value, DateTimeOffset? Earlier) where T : class;
