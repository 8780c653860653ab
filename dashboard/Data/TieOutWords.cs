using System.Globalization;
using Followthrough.Analytics.TieOuts;
using Followthrough.Dashboard.Wording;
using Followthrough.Ingest.TieOuts;

namespace Followthrough.Dashboard.Data;

/// <summary>Tie-outs in words.</summary>
internal static class TieOutWords
{
    internal static string Of(TieOutState state) => state switch
    {
        TieOutState.Ok => "ok",
        TieOutState.Differs => "differs",
        TieOutState.NoData => "no data",
        TieOutState.Stale => "stale",
        _ => throw new InvalidOperationException($"No state {state}."),
    };

    internal static string Meaning(TieOutState state) => state switch
    {
        TieOutState.Ok => "What is stored is what the source says.",
        TieOutState.Differs => "What is stored is not what the source says.",
        TieOutState.NoData => "The source has some, and nothing of it is stored.",
        TieOutState.Stale => "What is stored changed after the source counted. Ask it for new totals.",
        _ => throw new InvalidOperationException($"No state {state}."),
    };

    internal static string? Look(TieOutState state) => state switch
    {
        TieOutState.Differs or TieOutState.NoData => "overdue",
        TieOutState.Stale => "soon",
        TieOutState.Ok => "fine",
        _ => throw new InvalidOperationException($"No state {state}."),
    };

    internal static string Of(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Stored => "stored",
        DifferenceKind.Missing => "never came",
        DifferenceKind.Rejected => "came and was rejected",
        DifferenceKind.Deleted => "is deleted here",
        DifferenceKind.Elsewhere => "is stored in another period or currency",
        DifferenceKind.Surplus => "is stored, but the source does not list it",
        DifferenceKind.Amount => "has another amount",
        _ => throw new InvalidOperationException($"No difference {kind}."),
    };

    /// <summary>The finding over all totals.</summary>
    internal static string Finding(IReadOnlyList<Compared> totals)
    {
        if (totals.Count == 0) return "No source has said yet what it has.";
        var off = totals.Count(t => t.State is TieOutState.Differs or TieOutState.NoData);
        var stale = totals.Count(t => t.State == TieOutState.Stale);
        var rest = stale > 0 ? $"; {Figures.Count(stale, "is", "are")} stale" : "";
        return off == 0 ? $"{Figures.Count(totals.Count - stale)} of {Figures.Count(totals.Count, "control total", "control totals")} agree with what is stored{rest}."
            : $"{Figures.Count(off)} of {Figures.Count(totals.Count, "control total", "control totals")} {(off == 1 ? "differs" : "differ")} from what is stored{rest}.";
    }

    internal static string Name(Compared total) => total.Currency.Length > 0 ? $"{total.Period}, {total.Currency}" : total.Period;

    internal static string Amount(decimal? amount) => amount?.ToString("#,0.00##", CultureInfo.InvariantCulture) ?? Figures.Undefined;

    /// <summary>A difference with its sign; a plain 0 where there is none.</summary>
    internal static string Signed(decimal? difference, bool money) => difference switch
    {
        null => Figures.Undefined,
        0 => "0",
        { } d => (d > 0 ? "+" : "−") + Math.Abs(d).ToString(money ? "#,0.00##" : "#,0", CultureInfo.InvariantCulture),
    };
}
