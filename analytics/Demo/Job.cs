using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

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

    /// <summary>When it is accepted, or runs out; a cancelled one ends when it is cancelled.</summary>
    public DateTimeOffset End { get; set; }

    public bool Cancelled { get; set; }

    /// <summary>When each milestone is accepted, with its key.</summary>
    public List<DateTimeOffset> Accepted { get; } = [];
}
