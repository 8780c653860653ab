using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Editions;

/// <summary>A row that a figure rests on, of a commitment or of a measure alike.</summary>
internal sealed record FigureRow
{
    /// <summary>The fact it comes from, or the kind of commitment.</summary>
    public required string Fact { get; init; }

    /// <summary>Source key of that fact, or what opened the commitment.</summary>
    public required string Key { get; init; }

    public required long AccountId { get; init; }
    public required string? Staff { get; init; }
    public required string? Team { get; init; }
    public required string? Region { get; init; }
    public required string? Segment { get; init; }
    public required string? Channel { get; init; }
    public required DateTimeOffset CountedAt { get; init; }

    /// <summary>Where a commitment stands; null of a measure.</summary>
    public string? Status { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Source key of what fulfilled a commitment; null where nothing did.</summary>
    public string? FulfilledBy { get; init; }
    public DateTimeOffset? FulfilledAt { get; init; }
    public decimal? Amount { get; init; }
    public decimal? Base { get; init; }
    public string? Currency { get; init; }
    public bool? Finished { get; init; }
    public string? Excluded { get; init; }

    /// <summary>Whether it is the same but for whom and what it is attributed to.</summary>
    public bool SaysTheSameAs(FigureRow other) => Bare(this) == Bare(other);

    private static FigureRow Bare(FigureRow row) => row with { Staff = null, Team = null, Region = null, Segment = null, Channel = null };
}

/// <summary>Makes a figure of rows, by the definition alone and without the database.</summary>
internal static class RowFigure
{
    public const double Half = 0.5;
    public const double Tenth = 0.1;
    private const double Near = 1e-9;

    /// <summary>The figure; null where there is none.</summary>
    public static double? Of(Aggregation aggregation, Unit unit, IReadOnlyList<FigureRow> rows)
    {
        if (aggregation == Aggregation.KeptShare) return Share(rows.Count(r => r.Status == "kept"), rows.Count(r => r.Status is "kept" or "missed"));
        // A sum of nothing is known: it is nothing.
        if (rows.Count == 0 && aggregation == Aggregation.Sum && unit == Unit.Count) return 0;
        var counted = rows.Where(r => r.Excluded is null).ToList();
        return aggregation switch
        {
            _ when counted.Select(r => r.Currency).Where(c => c is not null).Distinct().Count() > 1 => null,
            Aggregation.Sum => counted.Count == 0 ? null : Exact.Real(counted.Sum(r => r.Amount ?? 0)),
            Aggregation.Share or Aggregation.Ratio => Quotient(counted),
            Aggregation.Median => Reached([.. counted.Select(Length)], Half),
            Aggregation.NinetiethPercentile => Reached([.. counted.Select(Length)], Tenth),
            Aggregation.AccountMean => Mean(counted),
            _ => throw new ArgumentOutOfRangeException(nameof(aggregation)),
        };
    }

    private static double? Share(long kept, long n) => n == 0 ? null : (double)kept / n;

    private static double? Quotient(List<FigureRow> rows) => rows.Sum(r => r.Base ?? 0) is var divisor and not 0 ? Exact.Real(rows.Sum(r => r.Amount ?? 0) / divisor) : null;

    private static double? Mean(List<FigureRow> rows) => rows.Count == 0 ? null
        : rows.GroupBy(r => r.AccountId).OrderBy(g => g.Key).Select(g => Exact.Real(g.Sum(r => r.Amount ?? 0)) / g.Count()).Average();

    /// <summary>Kaplan-Meier: the first length at which no more than that share goes on; null where it is not reached.</summary>
    public static double? Reached(IReadOnlyList<(double Length, bool Ended)> lengths, double share)
    {
        var (goingOn, remaining) = (1.0, (double)lengths.Count);
        foreach (var at in lengths.GroupBy(l => l.Length).OrderBy(g => g.Key))
        {
            var ended = at.Count(l => l.Ended);
            goingOn *= (remaining - ended) / remaining;
            if (ended > 0 && goingOn <= share + Near) return at.Key;
            remaining -= at.Count();
        }
        return null;
    }

    private static (double Length, bool Ended) Length(FigureRow row) => (row.Amount is { } amount ? Exact.Real(amount) : double.PositiveInfinity, row.Finished == true);
}
