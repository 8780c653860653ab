namespace Followthrough.Analytics.Demo;

/// <summary>What decides the demo company. Equal options give byte-identical files.</summary>
public sealed record DemoOptions
{
    /// <summary>Seed of every random draw.</summary>
    public int Seed { get; init; } = 2117;

    /// <summary>End of history: nothing happens after 00:00 UTC of this day, which is the demo's "now". History begins three years before.</summary>
    public required DateOnly Anchor { get; init; }

    /// <summary>Multiplies the customers and with them everything but staff and teams; 1 or more.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>Number of customers instead of 900 per unit of <see cref="Scale"/>.</summary>
    internal int? AccountCount { get; init; }

    internal int Accounts => AccountCount ?? 900 * Scale;
}
