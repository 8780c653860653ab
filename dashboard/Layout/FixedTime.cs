using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Layout;

/// <summary>Of a page that does not follow the pickers at the top: what it is about instead. They are not offered there.</summary>
/// <param name="Period">The period it is about; null where it is about no one period.</param>
/// <param name="KnownAt">The moment whose knowledge it states; null where that is now.</param>
public sealed record FixedTime(Period? Period, DateTimeOffset? KnownAt);
