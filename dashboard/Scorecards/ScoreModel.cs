using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Metrics;
using Followthrough.Dashboard.People;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>The scorecard on a person's or a team's page: the same for everybody who may see the page.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Sheet">The scorecard and its trend.</param>
public sealed record ScoreModel(PageFrame Frame, ScoreSheet Sheet)
{
    /// <summary>What a page asks for.</summary>
    internal static ScoreAsked Asked(PageFrame frame) => new(frame.Viewer, frame.Query.Period, frame.Company.Fiscal, frame.Query.AsOf, frame.Now);

    /// <summary>The rows behind a line's own figure.</summary>
    internal string Rows(ScoreLine line)
    {
        (string, string?)[] about = [("period", Sheet.Now.Period.Label), ("person", Sheet.Who.Staff), ("team", Sheet.Who.Team)];
        return line.Input.Metric is CommitmentMetric rate
            ? Frame.Query.Carry(CommitmentsEndpoint.Path, [.. about, ("kind", rate.AddressKind)])
            : Frame.Query.Carry(MeasureRowsEndpoint.Path(line.Input.Metric.Id), about);
    }

    /// <summary>The page of the same person or team in another period.</summary>
    internal string Page(Score score) => Frame.Query.Carry(Path, ("period", score.Period.Label));

    /// <summary>The scorecard as a file.</summary>
    internal string File(string extension) => Frame.Query.Carry($"{Path}/scorecard{extension}", ("period", Sheet.Now.Period.Label));

    private string Path => Sheet.Who.Staff is { } staff ? PersonPath.Of(staff) : PersonPath.OfTeam(Sheet.Who.Team!);
}
