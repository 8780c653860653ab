using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Layout;

/// <summary>How far a run is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units there are; 0 when there is nothing to do.</param>
public sealed record WorkDone(long Done, long Total)
{
    /// <summary>Whole percent, cut off: 100 only when all is done.</summary>
    public long Percent => Total == 0 ? 100 : Done * 100 / Total;

    /// <summary>“1,200 of 5,000 accounts, 24 %”.</summary>
    internal string Of(string unit) => $"{Figures.Count(Done)} of {Figures.Count(Total)} {unit}, {Percent}\u00a0%";
}
