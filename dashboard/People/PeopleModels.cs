using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Scorecards;

namespace Followthrough.Dashboard.People;

/// <summary>What the list of people draws.</summary>
public sealed record PeopleModel
{
    public required PageFrame Frame { get; init; }

    /// <summary>The kind they are compared by; null for every kind together.</summary>
    public required CommitmentMetric? Metric { get; init; }

    /// <summary>What is aimed at.</summary>
    public required Aims Aims { get; init; }

    /// <summary>People with commitments in the period, best first, too few to judge last.</summary>
    public required IReadOnlyList<Ranked> People { get; init; }

    /// <summary>The same by team; empty where the viewer sees but one.</summary>
    public required IReadOnlyList<Ranked> Teams { get; init; }

    /// <summary>What the filters offer, and everybody the viewer may see.</summary>
    public required FilterChoices Choices { get; init; }
}

/// <summary>What the page of one person or one team draws.</summary>
public sealed record ScorecardModel
{
    public required PageFrame Frame { get; init; }

    /// <summary>The person; null on a team's page.</summary>
    public required PersonFacts? Person { get; init; }

    /// <summary>The team; null on a person's page.</summary>
    public required TeamFacts? Team { get; init; }

    /// <summary>The kind whose trend is shown.</summary>
    public required CommitmentMetric Metric { get; init; }

    /// <summary>What is aimed at.</summary>
    public required Aims Aims { get; init; }

    public required IReadOnlyList<KindFigure> Kinds { get; init; }

    /// <summary>The period the change is against; null when there is none.</summary>
    public required Period? PriorPeriod { get; init; }

    /// <summary>The figure of the shown kind, with what was to be expected.</summary>
    public required Ranked Shown { get; init; }

    /// <summary>Twelve months of the shown kind, without gaps.</summary>
    public required IReadOnlyList<CommitmentGroup> Months { get; init; }

    /// <summary>What the person still owes now; empty on a team's page.</summary>
    public required Owed Owed { get; init; }

    /// <summary>The team's people by the shown kind; empty on a person's page.</summary>
    public required IReadOnlyList<Ranked> People { get; init; }

    /// <summary>The scorecard; null where the viewer may not see it.</summary>
    public required ScoreModel? Score { get; init; }

    public string Name => Person?.Name ?? Team!.Name;

    /// <summary>True when somebody looks at his own record.</summary>
    public bool IsOwn => Person is not null && Person.Key == Frame.Who.StaffKey;

    /// <summary>The rows behind a figure of the record.</summary>
    internal string Rows(CommitmentMetric metric, string period, params (string Name, string? Value)[] more) => Frame.Query.Carry(
        CommitmentsEndpoint.Path, [("period", period), ("person", Person?.Key), ("team", Team?.Key), ("kind", metric.Kind), .. more]);
}
