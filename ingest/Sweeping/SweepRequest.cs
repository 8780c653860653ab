using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Sweeping;

/// <summary>What is swept.</summary>
public sealed record SweepRequest
{
    /// <summary>The source, as its keys begin: <c>crm</c> for <c>crm:0012</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The fact.</summary>
    public required FactTable Fact { get; init; }

    /// <summary>The file with all ids the source has of it.</summary>
    public required string Path { get; init; }

    /// <summary>The column with the ids; null for the one that is usually called so.</summary>
    public string? Column { get; init; }

    /// <summary>When the source wrote the list: what came in later is not judged by it.</summary>
    public required DateTimeOffset ListedAt { get; init; }

    /// <summary>Deletes also more than a twentieth of what there is.</summary>
    public bool Agreed { get; init; }
}

/// <summary>What a sweep found and did.</summary>
public sealed record SweepReport
{
    /// <summary>Different ids on the list.</summary>
    public required long Listed { get; init; }

    /// <summary>Facts of that source that live here and were there when the list was written.</summary>
    public required long Living { get; init; }

    /// <summary>Of these, the ones the list no longer has.</summary>
    public required long Vanished { get; init; }

    /// <summary>Ids of the list that nothing is stored under.</summary>
    public required long Missing { get; init; }

    /// <summary>Ids of the list that are stored as deleted.</summary>
    public required long Deleted { get; init; }

    /// <summary>Living facts that came in after the list was written.</summary>
    public required long Younger { get; init; }

    /// <summary>Facts that are marked as deleted now; 0 when it was refused.</summary>
    public long Marked { get; init; }

    /// <summary>True when more would have been deleted than goes without being asked for.</summary>
    public bool Refused { get; init; }

    /// <summary>The batch of the deletions; null when it was refused.</summary>
    public long? Batch { get; init; }

    /// <summary>The first keys that vanished.</summary>
    public IReadOnlyList<string> FirstVanished { get; init; } = [];

    /// <summary>The first ids that are missing here.</summary>
    public IReadOnlyList<string> FirstMissing { get; init; } = [];
}
