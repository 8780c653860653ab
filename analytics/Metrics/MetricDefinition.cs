namespace Followthrough.Analytics.Metrics;

/// <summary>What a metric is, in the words every screen, export and command uses.</summary>
public sealed record MetricDefinition
{
    /// <summary>Stable id, for example <c>respond_24h</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name in plain words.</summary>
    public required string Name { get; init; }

    /// <summary>Commitment kind it counts.</summary>
    public required string Kind { get; init; }

    /// <summary>What happens when one opens, as it reads after "no": "customer turned to us".</summary>
    public required string Opens { get; init; }

    /// <summary>What has been done when one is fulfilled: "answered", "invoiced".</summary>
    public required string Fulfilled { get; init; }

    /// <summary>Whether it counts in the period in which it falls due; otherwise in that in which it was opened.</summary>
    public bool CountsWhenDue { get; init; }

    /// <summary>Whether one counts only once its due time has passed: with weeks to go, the early ones alone would flatter the rate.</summary>
    public bool OnlyMatured { get; init; }

    /// <summary>One paragraph a customer would understand.</summary>
    public required string InWords { get; init; }

    /// <summary>The formula in words.</summary>
    public required string Formula { get; init; }

    /// <summary>Where the idea comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Default target as a fraction.</summary>
    public required double Target { get; init; }

    /// <summary>Below this n a figure is not judged.</summary>
    public required int MinimumN { get; init; }

    /// <summary>A changed definition is a new version.</summary>
    public required int Version { get; init; }
}

/// <summary>Every metric the product has.</summary>
public static class MetricCatalogue
{
    /// <summary>Answered within 24 hours: the headline.</summary>
    public static MetricDefinition Respond24H { get; } = new()
    {
        Id = "respond_24h",
        Name = "Answered within 24 h",
        Kind = "respond",
        Opens = "customer turned to us",
        Fulfilled = "answered",
        InWords = "A customer who turns to us waits from the first message or missed call until a person of ours answers, on any channel. "
            + "A second message does not restart the clock, automatic replies do not stop it, an interim answer counts. "
            + "Whoever never got an answer counts as missed once 24 hours have passed.",
        Formula = "kept / (kept + missed), for obligations opened in the period; kept when the first qualifying answer came at most 24 hours "
            + "of elapsed time after the opening; pending ones and those excused by a person are shown apart",
        Source = "Twelve win-falls for prompt follow-up: answer every customer within 24 hours, even if only to say when the answer will come",
        Target = 0.95,
        MinimumN = 10,
        Version = 1,
    };

    /// <summary>All metrics, in the order they are listed.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [Respond24H, .. CatalogueService.All, .. CatalogueWord.All, .. CatalogueDelivery.All, .. CatalogueCommunication.All, .. CatalogueAudit.All];

    /// <summary>The metric of that id, or null.</summary>
    public static MetricDefinition? Find(string id) => All.FirstOrDefault(m => m.Id == id);
}
