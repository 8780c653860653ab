namespace Followthrough.Analytics.Demo;

/// <summary>What becomes of a customer.</summary>
/// <param name="SlowFrom">From when our answers to it are slow; null when never.</param>
/// <param name="StopsAt">From when it orders nothing more; null when it stays.</param>
/// <param name="ClosedAt">When somebody recorded the end; null when nobody did.</param>
internal sealed record Fate(DateTimeOffset? SlowFrom, DateTimeOffset? StopsAt, DateTimeOffset? ClosedAt)
{
    private const double SlowShare = 0.10, SlowLeave = 0.8, OthersLeave = 0.10;

    /// <summary>Slow answers drove it away.</summary>
    public bool DrivenAway => SlowFrom is not null && StopsAt is not null;

    public bool IsSlow(DateTimeOffset at) => SlowFrom <= at;

    public bool HasStopped(DateTimeOffset at) => StopsAt <= at;

    public static Fate Draw(DemoRandom random, DateTimeOffset begin, Timeline timeline)
    {
        var earliest = begin.AddDays(120);
        var latest = timeline.End.AddDays(-240);
        DateTimeOffset? slow = null, stops = null;
        if (random.Chance(SlowShare) && earliest < latest)
        {
            slow = earliest + (latest - earliest) * random.Unit();
            if (random.Chance(SlowLeave)) stops = slow.Value.AddDays(random.Whole(50, 170));
        }
        else if (random.Chance(OthersLeave) && earliest < timeline.End)
        {
            stops = earliest + (timeline.End - earliest) * random.Unit();
        }

        return new Fate(slow, stops, stops is null || !random.Chance(0.3) ? null : timeline.Past(stops.Value.AddDays(random.Whole(60, 200))));
    }
}
