namespace Followthrough.Ingest.Replaying;

/// <summary>Which rejected records are tried again. What is given narrows together; at least one thing has to be given.</summary>
public sealed record ReplayRequest
{
    /// <summary>Ids of open rows of the quarantine; empty: not by id.</summary>
    public IReadOnlyList<long> Ids { get; init; } = [];

    /// <summary>Only those rejected for this reason; null for any.</summary>
    public string? Reason { get; init; }

    /// <summary>Only those of this batch; null for any.</summary>
    public long? Batch { get; init; }

    /// <summary>Everything that is open.</summary>
    public bool All { get; init; }

    /// <summary>Name or path of the mapping to read them with; null for the one of their batch, as it is by now.</summary>
    public string? Mapping { get; init; }

    /// <summary>Fields of the one record that is asked for, as they should have been; an empty text leaves a field out. Kept with it.</summary>
    public IReadOnlyDictionary<string, string> Edit { get; init; } = new Dictionary<string, string>();

    /// <summary>Who corrects it.</summary>
    public string By { get; init; } = "";

    /// <summary>Why it can't be done; null when it can.</summary>
    internal string? Problem => this switch
    {
        { Ids.Count: 0, Reason: null, Batch: null, All: false } => "Say which: ids, --reason, --batch or --all.",
        { All: true, Ids.Count: > 0 } => "Ids and --all contradict each other.",
        { Edit.Count: > 0, Ids.Count: not 1 } => "Fields are corrected in one record at a time; expected exactly one id.",
        _ => null,
    };
}

/// <summary>What trying again did.</summary>
public sealed record ReplayReport
{
    /// <summary>Rejected rows that are settled: their record is in.</summary>
    public long Settled { get; init; }

    /// <summary>Rejected rows that stay, with the reason they were rejected for now.</summary>
    public long Left { get; init; }

    /// <summary>Facts that were not there.</summary>
    public long Added { get; init; }

    /// <summary>Facts replaced by what was replayed.</summary>
    public long Changed { get; init; }

    /// <summary>Rows equal to, or older than, what is stored.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows of any batch that waited for an account of these and are in now.</summary>
    public long Released { get; init; }

    /// <summary>Batches this made, in their order.</summary>
    public IReadOnlyList<long> Batches { get; init; } = [];

    /// <summary>The first problems in words.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Both together.</summary>
    public static ReplayReport operator +(ReplayReport a, ReplayReport b) => new()
    {
        Settled = a.Settled + b.Settled,
        Left = a.Left + b.Left,
        Added = a.Added + b.Added,
        Changed = a.Changed + b.Changed,
        Unchanged = a.Unchanged + b.Unchanged,
        Released = a.Released + b.Released,
        Batches = [.. a.Batches, .. b.Batches],
        Problems = [.. a.Problems.Concat(b.Problems).Take(Replay.ShownProblems)],
    };
}
