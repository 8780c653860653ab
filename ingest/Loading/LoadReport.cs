using Followthrough.Ingest.Identity;

namespace Followthrough.Ingest.Loading;

/// <summary>How a file ended.</summary>
public enum FileOutcome
{
    /// <summary>Its rows are in, apart from the rejected ones.</summary>
    Loaded,

    /// <summary>The same content was loaded before with the same mapping; nothing was done.</summary>
    AlreadyLoaded,

    /// <summary>Nothing of it is in.</summary>
    Failed,
}

/// <summary>What loading one file did. <c>Read = Added + Changed + Unchanged + Rejected</c>.</summary>
public sealed record FileReport
{
    /// <summary>File name.</summary>
    public required string Name { get; init; }

    /// <summary>The mapping that read it; null when none did.</summary>
    public string? Mapping { get; init; }

    /// <summary>How it ended.</summary>
    public required FileOutcome Outcome { get; init; }

    /// <summary>The batch it is in, the earlier one when it was already loaded; null when it failed.</summary>
    public long? Batch { get; init; }

    /// <summary>Rows the file's records became, rejected ones included.</summary>
    public long Read { get; init; }

    /// <summary>Facts that were not there.</summary>
    public long Added { get; init; }

    /// <summary>Facts replaced by a newer version.</summary>
    public long Changed { get; init; }

    /// <summary>Rows equal to, or older than, what is stored.</summary>
    public long Unchanged { get; init; }

    /// <summary>Rows kept in quarantine.</summary>
    public long Rejected { get; init; }

    /// <summary>Rows from earlier files that waited for an account of this one and are in now.</summary>
    public long Released { get; init; }

    /// <summary>The first problems in words, or why the file failed.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>It failed because the store could not be reached or written: the same file may go in later.</summary>
    public bool StoreWasAway { get; init; }

    /// <summary>The file could not be taken.</summary>
    public static FileReport Failure(string name, string why) => new() { Name = name, Outcome = FileOutcome.Failed, Problems = [why] };
}

/// <summary>What a whole load did.</summary>
public sealed record LoadReport(IReadOnlyList<FileReport> Files)
{
    /// <summary>What came of comparing the accounts that were new or changed with the others.</summary>
    public MatchReport Matches { get; init; } = new(0, 0, 0);

    /// <summary>0 all in, 1 some rows rejected, 2 a file failed.</summary>
    public int ExitCode => Files.Any(f => f.Outcome == FileOutcome.Failed) ? 2 : Files.Any(f => f.Rejected > 0) ? 1 : 0;

    /// <summary>Whether a second load found nothing new.</summary>
    public bool NothingNew => Files.All(f => f.Outcome != FileOutcome.Failed && f is { Added: 0, Changed: 0, Rejected: 0, Released: 0 });
}

/// <summary>How far a load is.</summary>
/// <param name="File">File it works on.</param>
/// <param name="Done">Bytes read of all files.</param>
/// <param name="Total">Bytes of all files.</param>
public sealed record LoadProgress(string File, long Done, long Total);
