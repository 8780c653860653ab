using System.Collections.Frozen;
using Followthrough.Analytics.Measures;

namespace Followthrough.Analytics.Metrics;

/// <summary>Every metric the product has.</summary>
public static class MetricCatalogue
{
    /// <summary>Answered within 24 hours: the headline.</summary>
    public static CommitmentMetric Respond24H { get; } = new()
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

    /// <summary>The rates of kept commitments, the headline first.</summary>
    public static IReadOnlyList<CommitmentMetric> Commitments { get; } =
        [Respond24H, .. CatalogueService.All, .. CatalogueWord.All, .. CatalogueDelivery.All, .. CatalogueCommunication.All, .. CatalogueAudit.All];

    /// <summary>The measures beside the ledger.</summary>
    public static IReadOnlyList<MeasureMetric> Measures { get; } =
    [
        .. CatalogueRevenue.All, .. CatalogueLoyalty.All, .. CatalogueRetention.All, .. CatalogueForecast.All,
        .. CatalogueResolution.All, .. CatalogueSlip.All, .. CatalogueSurveyScores.All, .. CatalogueSurveyReach.All, .. CatalogueConversation.All, .. CatalogueReach.All, .. CatalogueSides.All, .. CatalogueProjects.All,
    ];

    /// <summary>What is many figures at once, each read by a reader of its own.</summary>
    public static IReadOnlyList<MeasureMetric> Triangles { get; } = [Cohorts.Definition];

    /// <summary>All metrics that are a figure, in the order they are listed.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [.. Commitments, .. Measures];

    private static readonly FrozenDictionary<string, MetricDefinition> ById = All.ToFrozenDictionary(m => m.Id);

    /// <summary>The metrics and, after them, the triangles.</summary>
    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [.. All, .. Triangles];

    /// <summary>The metric of that id, or null; also null for a triangle, which is no figure.</summary>
    public static MetricDefinition? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>What is defined under that id, or null.</summary>
    public static MetricDefinition? Definition(string id) => Definitions.FirstOrDefault(m => m.Id == id);
}
