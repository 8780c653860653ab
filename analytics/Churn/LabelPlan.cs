using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Churn;

/// <summary>What a training is to predict and at which cuts; what is not given follows from how customers order.</summary>
public sealed record LabelRequest
{
    /// <summary>How customers are seen to have left.</summary>
    public LabelKind Kind { get; init; } = LabelKind.NoOrder;

    /// <summary>Days after a cut that do not count.</summary>
    public int GapDays { get; init; } = 30;

    /// <summary>Days looked at after the gap, the same for all segments; null for each segment's own.</summary>
    public int? HorizonDays { get; init; }

    /// <summary>Days from one cut to the next.</summary>
    public int EveryDays { get; init; } = 91;
}

/// <summary>What is predicted, and at which moments of the past it is learned.</summary>
internal sealed record LabelPlan(LabelDefinition Label, IReadOnlyList<DateTimeOffset> Cuts)
{
    private const int ShortestHorizon = 180;
    private const int EnoughGaps = 50;
    private const int MostCuts = 12;

    // Three test cuts and a training before them take about five horizons of history.
    private const int HorizonsInHistory = 5;

    // Before that a customer has hardly a history to learn from.
    private const int LeastPast = 120;
    private const int Step = 30;
    private static readonly string Gaps = SqlText.Read(typeof(LabelPlan), "Churn/Gaps.sql");

    /// <summary>
    /// Each segment's horizon is the time in which nine of ten gaps between orders end, at least 180 days, in steps of 30; at most a fifth
    /// of the known history, since folds need room. Cuts go back from the newest whose labels are known.
    /// </summary>
    /// <exception cref="ChurnException">History is too short.</exception>
    public static async Task<LabelPlan> MakeAsync(NpgsqlConnection asKnown, DateTimeOffset cutOff, LabelRequest request, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Gaps, asKnown) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct) || row.IsDBNull(3)) throw ChurnException.TooEarly("There are no orders yet, so nobody can be seen to have stopped ordering.");
        var first = row.GetFieldValue<DateTimeOffset>(3);
        var limit = Math.Max(Step, (int)((cutOff - first).TotalDays / HorizonsInHistory) / Step * Step);
        int Horizon(double? p90) => request.HorizonDays ?? Math.Min(limit, Math.Max(ShortestHorizon, (int)Math.Ceiling((p90 ?? 0) / Step) * Step));
        var label = new LabelDefinition { Kind = request.Kind, GapDays = request.GapDays, HorizonDays = Horizon(row.IsDBNull(2) ? null : row.GetDouble(2)) };
        var segments = new SortedDictionary<string, int>(StringComparer.Ordinal);
        while (await row.ReadAsync(ct))
            if (row.GetInt64(1) >= EnoughGaps && Horizon(row.GetDouble(2)) is var days && days != label.HorizonDays) segments.Add(row.GetString(0), days);
        label = label with { HorizonOfSegment = segments };
        return new LabelPlan(label, CutsOf(label, first, cutOff, request.EveryDays));
    }

    private static List<DateTimeOffset> CutsOf(LabelDefinition label, DateTimeOffset first, DateTimeOffset cutOff, int every)
    {
        var cuts = new List<DateTimeOffset>();
        for (var cut = cutOff.AddDays(-label.MaturesAfterDays); cut >= first.AddDays(LeastPast) && cuts.Count < MostCuts; cut = cut.AddDays(-every)) cuts.Insert(0, cut);
        return cuts.Count > 0 ? cuts : throw ChurnException.TooEarly(FormattableString.Invariant(
            $"Orders are known since {first:yyyy-MM-dd} only: a label takes {label.MaturesAfterDays} days and {LeastPast} days before them to learn from. Load older orders with --backfill, or shorten the horizon."));
    }
}
