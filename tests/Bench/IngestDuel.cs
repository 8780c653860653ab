namespace Followthrough.Bench;

/// <summary>The same rows by COPY and by the loader, in one round.</summary>
internal sealed record IngestDuel(Effort Copy, Effort Load, Effort Backfill)
{
    public static double Median(IEnumerable<double> of) => of.Order().ToList() is var ordered ? ordered[ordered.Count / 2] : 0;

    /// <summary>Prints the last line: how fast files become facts, in parts of the speed of COPY.</summary>
    public static void Conclude(IReadOnlyList<IngestDuel> duels, long rows)
    {
        var backfill = duels.Select(d => d.Copy.Wall / d.Backfill.Wall).ToList();
        RefreshResult.Print($"backfill: {Median(backfill):0.00} of binary COPY (median of {backfill.Count}, {backfill.Min():0.00}..{backfill.Max():0.00})");
        var load = duels.Select(d => d.Copy.Wall / d.Load.Wall).ToList();
        RefreshResult.Print($"ingest: {Median(load):0.00} of binary COPY of {rows:N0} rows into the same indexed empty table (median of {load.Count}, {load.Min():0.00}..{load.Max():0.00})");
    }
}
