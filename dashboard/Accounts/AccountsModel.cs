using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Accounts;

/// <summary>What the list of accounts draws.</summary>
public sealed record AccountsModel
{
    public required PageFrame Frame { get; init; }
    public required AccountsAsked Asked { get; init; }
    public required IReadOnlyList<AccountFigures> Accounts { get; init; }

    /// <summary>How many fit in all.</summary>
    public required long Total { get; init; }

    public required AccountChoices Choices { get; init; }

    /// <summary>The metric whose rate is shown.</summary>
    public CommitmentMetric Metric => MetricWords.OfKind(Frame.Query.Kind);

    /// <summary>Pages there are, at least 1.</summary>
    public int Pages => (int)Math.Max(1, (Total + Frame.Query.Size - 1) / Frame.Query.Size);

    /// <summary>True when a filter narrows the list.</summary>
    public bool IsNarrowed => Asked.Filter.IsNarrow || Frame.Query.Team is not null;

    /// <summary>This list with some of it changed.</summary>
    public string To(params (string Name, string? Value)[] changes) => Frame.Query.Same(AccountPath.List, changes);
}
