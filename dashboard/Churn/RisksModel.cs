using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Churn;

/// <summary>What the risk list draws.</summary>
public sealed record RisksModel
{
    // Scorings come every night; one night may fail.
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(2);

    public required PageFrame Frame { get; init; }
    public required RisksAsked Asked { get; init; }

    /// <summary>The newest scoring at the moment asked for; null when there was none.</summary>
    public required Scoring? Scoring { get; init; }

    /// <summary>Whether there is a model to score with.</summary>
    public required bool HasModel { get; init; }

    public required IReadOnlyList<RiskLine> Lines { get; init; }
    public required RiskTotals Totals { get; init; }
    public required AccountChoices Choices { get; init; }

    /// <summary>Pages there are, at least 1.</summary>
    public int Pages => (int)Math.Max(1, (Totals.Accounts + Frame.Query.Size - 1) / Frame.Query.Size);

    /// <summary>True when a filter narrows the list.</summary>
    public bool IsNarrowed => Asked.Filter.IsNarrow || Frame.Query.Team is not null;

    /// <summary>True when nobody has scored for longer than usual.</summary>
    public bool IsStale => Scoring is not null && Frame.Query.AsOf is null && Frame.Now - Scoring.AsOf > Fresh;

    /// <summary>True when its single accounts are kept no longer.</summary>
    public bool IsForgotten => Scoring is not null && Totals.Accounts == 0 && Frame.Now - Scoring.AsOf > ChurnScorer.Kept;

    /// <summary>This list with some of it changed.</summary>
    public string To(params (string Name, string? Value)[] changes) => Frame.Query.Same(ChurnEndpoint.Path, changes);

    /// <summary>The finding.</summary>
    public string Sentence => this switch
    {
        { Scoring: null } => "",
        { Totals.Accounts: 0 } => "",
        { Totals: { AtStake: > 0, Currency: { } currency } totals } =>
            $"{Likely(totals)}; {MeasureWords.Value((double)totals.AtStake, Analytics.Metrics.Unit.Money, currency)} of next year's revenue is at stake, most at {totals.MostAt}.",
        _ => $"{Likely(Totals)}.",
    };

    private string Likely(RiskTotals totals) =>
        $"{Figures.Count(totals.Likely)} of {Figures.Count(totals.Accounts, "customer", "customers")}{(IsNarrowed ? " with these filters" : "")} {(totals.Likely == 1 ? "is" : "are")} likelier than not to leave";
}
