using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Exports;

namespace Followthrough.Dashboard.Churn;

/// <summary>What files say of each account of the risk list.</summary>
internal static class RiskColumns
{
    private const int HashShown = 16;

    internal static IReadOnlyList<Column<RiskLine>> All { get; } =
    [
        Column<RiskLine>.Text("account", row => row.Key),
        Column<RiskLine>.Text("account_name", row => row.Name),
        Column<RiskLine>.Text("segment", row => row.Segment),
        Column<RiskLine>.Text("region", row => row.Region),
        Column<RiskLine>.Text("owner", row => row.Owner?.Key),
        Column<RiskLine>.Text("owner_name", row => row.Owner?.Name),
        Column<RiskLine>.Text("team", row => row.Team?.Key),
        Column<RiskLine>.Text("team_name", row => row.Team?.Name),
        Column<RiskLine>.Number("probability", row => Share(row.Risk.Probability)),
        Column<RiskLine>.Number("rank", row => (decimal)row.Risk.RiskRank),
        Column<RiskLine>.Number("change_since_week", row => row.Risk.ChangeSinceWeek is { } change ? Share(change) : null),
        Column<RiskLine>.Number("expected_revenue", row => row.Risk.ExpectedRevenue),
        Column<RiskLine>.Number("at_stake", row => row.Risk.AtStake),
        Column<RiskLine>.Text("currency", row => row.Risk.Currency),
        Column<RiskLine>.Text("first_reason", row => Reason(row, 0)),
        Column<RiskLine>.Text("second_reason", row => Reason(row, 1)),
        Column<RiskLine>.Instant("last_contact_utc", row => row.LastContactAt),
        Column<RiskLine>.Number("overdue", row => row.Overdue),
    ];

    /// <summary>What the figures of a scoring rest on.</summary>
    internal static RowsDefinition Definition(Scoring scoring, RegisteredModel model) => new(
        "churn_risk", "Churn risk", model.Id, model.ArtefactSha256[..HashShown],
        $"{(model.Training.Label is { } label ? ChurnWords.Label(label) : model.Training.Subject)} {scoring.BasisReason}");

    // More digits than a model has say nothing.
    private static decimal Share(double probability) => Math.Round((decimal)probability, 4);

    private static string? Reason(RiskLine row, int place) => row.Against.ElementAtOrDefault(place)?.Text;
}
