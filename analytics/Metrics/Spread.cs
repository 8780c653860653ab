namespace Followthrough.Analytics.Metrics;

/// <summary>How rows are spread over how long they took.</summary>
/// <param name="Bins">Adjoining, ascending, of one width; the first is open below where something took less, the last open above.</param>
/// <param name="Open">How many are not over, and so in no bin.</param>
public sealed record Spread(IReadOnlyList<SpreadBin> Bins, long Open)
{
    /// <summary>How many are over.</summary>
    public long Over => Bins.Sum(bin => bin.Count);
}

/// <summary>Rows that took about as long as each other.</summary>
/// <param name="Lasted">How long.</param>
/// <param name="Count">How many, 0 or more.</param>
public sealed record SpreadBin(Lasted Lasted, long Count);
