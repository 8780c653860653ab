using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Editions;

/// <summary>Who signs.</summary>
/// <param name="Id">The user.</param>
/// <param name="Name">Sign-in name.</param>
/// <param name="Staff">The person in the facts he is; null when nobody has said.</param>
public sealed record Signer(Guid Id, string Name, string? Staff);

/// <summary>A close on its way: signed once, or twice and not yet written.</summary>
public sealed record Closing
{
    public required long Id { get; init; }
    public required Period Period { get; init; }

    /// <summary>What was known then is what both sign.</summary>
    public required DateTimeOffset CutOff { get; init; }

    /// <summary>Why the quarter is restated; null when it is closed for the first time.</summary>
    public required string? Reason { get; init; }

    /// <summary>As it stood at the first signature, with the overrides.</summary>
    public required IReadOnlyList<CheckItem> Checklist { get; init; }

    public required Signer First { get; init; }
    public required DateTimeOffset FirstAt { get; init; }
    public required Signer? Second { get; init; }
    public required DateTimeOffset? SecondAt { get; init; }

    /// <summary>The edition that came of it; null until it is written.</summary>
    public required long? EditionId { get; init; }
}

/// <summary>A quarter cannot be closed so; the message says why, in a sentence for whoever tried.</summary>
public sealed class ClosingException(string message) : Exception(message);
