namespace Followthrough.Tests.Support;

/// <summary>A clock that stands until a test moves it. Timers and delays still take their real time.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    internal void Advance(TimeSpan by) => Now += by;
}
