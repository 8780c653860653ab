using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Editions;

/// <summary>A closed quarter as it was reported: what was known at the cut-off, written down with its rows and never changed.</summary>
public sealed record Edition
{
    /// <summary>Its place in the chain, from 1.</summary>
    public required long Id { get; init; }

    /// <summary>The quarter.</summary>
    public required Period Period { get; init; }

    /// <summary>1 as first reported, from 2 restated.</summary>
    public required int Number { get; init; }

    /// <summary>What was known then is in it.</summary>
    public required DateTimeOffset CutOff { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>Why it was restated; null for the first.</summary>
    public required string? Reason { get; init; }

    public required string FirstBy { get; init; }
    public required string SecondBy { get; init; }

    /// <summary>The zone in which its days begin.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The newest batch of which it could know.</summary>
    public required long LastBatch { get; init; }

    /// <summary>SHA-256 of its head, which states the hashes of all its lines and of the edition before.</summary>
    public required string Hash { get; init; }

    /// <summary>Of the edition closed before it; null for the first of all.</summary>
    public required string? PreviousHash { get; init; }

    /// <summary>Whether targets, scorecards and cohorts are in it. What was closed before they were kept says nothing of them.</summary>
    public bool KeepsTargets { get; init; }

    /// <summary>Whether the project audits and their findings are in it. Of what was closed before they were kept, only how they stand now is known.</summary>
    public bool KeepsAudits { get; init; }

    /// <summary>As it is called: <c>2026-Q1</c>, <c>2026-Q1, restated (2)</c>.</summary>
    public string Name => Number == 1 ? Period.Label : $"{Period.Label}, restated ({Number})";
}

/// <summary>What a figure has to do with closed quarters.</summary>
/// <param name="Names">The editions.</param>
/// <param name="IsWhole">True when the figure comes from them; false when its period reaches beyond them, so that it is stated as now known.</param>
public sealed record EditionNote(IReadOnlyList<string> Names, bool IsWhole);
