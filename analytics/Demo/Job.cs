using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>The work up to one milestone, with what it is to cost.</summary>
internal sealed record Stage(string MilestoneKey, decimal PlannedCost, DateTimeOffset From, DateTimeOffset To);

/// <summary>A piece of work while its history is generated; its end may lie beyond the end of history.</summary>
internal sealed class Job
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string TeamKey { get; init; }
    public required string ManagerKey { get; init; }
    public required string OrderKey { get; init; }
    public required RevenueClass Class { get; init; }
    public required ContractType Type { get; init; }
    public required decimal Value { get; init; }
    public required DateTimeOffset Start { get; init; }
    public required DateTimeOffset PlannedEnd { get; init; }

    /// <summary>When it is accepted, runs out or is called off.</summary>
    public DateTimeOffset End { get; set; }

    /// <summary>When it is called off before its end; null for most.</summary>
    public DateTimeOffset? CancelledAt { get; private set; }

    public bool Cancelled => CancelledAt is not null;

    /// <summary>What it is to cost; null for agreements, which are renewed each year and never complete.</summary>
    public required decimal? Budget { get; init; }

    /// <summary>Its milestones, in order.</summary>
    public List<Stage> Stages { get; } = [];

    /// <summary>When each milestone is accepted, in order.</summary>
    public List<DateTimeOffset> Accepted { get; } = [];

    public void CallOff(DateTimeOffset at)
    {
        if (at >= End || at >= CancelledAt) return;
        CancelledAt = at > Start ? Timeline.WholeSecond(at) : Start.AddDays(1);
        End = CancelledAt.Value;
    }
}
