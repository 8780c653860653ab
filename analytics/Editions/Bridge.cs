namespace Followthrough.Analytics.Editions;

/// <summary>Why a closed figure would be another one today. In the order in which rows are replaced, one cause after the other.</summary>
public enum Cause
{
    /// <summary>The same facts, another formula or statement.</summary>
    DefinitionChange,

    /// <summary>Open hours, holidays, or which calendar is promised.</summary>
    CalendarChange,

    /// <summary>Two accounts found to be one customer, or parted again.</summary>
    AccountMerge,

    /// <summary>Another owner, team, region or segment.</summary>
    ReAttribution,

    /// <summary>Deleted in the source.</summary>
    Deletion,

    /// <summary>Known before, and known otherwise since.</summary>
    Correction,

    /// <summary>Happened before the cut-off and came in after it.</summary>
    LateData,

    /// <summary>Happened, or fell due, after the cut-off.</summary>
    NewData,

    /// <summary>None of these is found in the facts' history.</summary>
    Unexplained,
}

/// <summary>From a figure as reported to the figure as now known.</summary>
public sealed record Bridge
{
    public required string Metric { get; init; }

    /// <summary>Where it starts.</summary>
    public required Edition Edition { get; init; }

    /// <summary>As reported; null when it was undefined.</summary>
    public required double? Reported { get; init; }

    /// <summary>As now known; null when it is undefined.</summary>
    public required double? Now { get; init; }

    /// <summary>
    /// What each cause adds, in the metric's unit, in the order of <see cref="Cause"/>; they add up to the difference exactly. Empty when one
    /// end is undefined. The last is the residual.
    /// </summary>
    public required IReadOnlyList<BridgeStep> Steps { get; init; }

    /// <summary>Now less reported; null when one of them is undefined.</summary>
    public decimal? Difference => Reported is { } from && Now is { } to ? (decimal)to - (decimal)from : null;
}

/// <summary>What one cause adds.</summary>
/// <param name="Cause">Why.</param>
/// <param name="By">How much the figure moves when its rows are replaced after those of the causes before.</param>
/// <param name="Rows">How many rows it is.</param>
public sealed record BridgeStep(Cause Cause, decimal By, int Rows);
