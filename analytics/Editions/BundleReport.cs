namespace Followthrough.Analytics.Editions;

/// <summary>What checking a bundle found.</summary>
public sealed record BundleReport
{
    /// <summary>SHA-256 of the head it holds: what the product, or the next edition, has to name.</summary>
    public required string Hash { get; init; }

    /// <summary>The quarter.</summary>
    public required string Period { get; init; }

    public required int Number { get; init; }
    public required DateTimeOffset CutOff { get; init; }

    /// <summary>Figures computed again from rows; none when what they are made of is not as it was sealed.</summary>
    public required IReadOnlyList<ComputedFigure> Figures { get; init; }

    /// <summary>What is not as it was sealed, in sentences.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}

/// <summary>A figure computed again.</summary>
/// <param name="Name">Metric, part, dimension and key.</param>
/// <param name="Value">Null when undefined.</param>
public sealed record ComputedFigure(string Name, double? Value);

/// <summary>A file is no bundle; the message says why.</summary>
public sealed class BundleException(string message) : Exception(message);
