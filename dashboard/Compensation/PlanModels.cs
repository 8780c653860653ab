using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>A plan in the list.</summary>
/// <param name="Plan">As it is in force; as it was written last where it is not yet.</param>
/// <param name="Newest">Its newest version that stands; where all were withdrawn, the newest.</param>
/// <param name="InForce">The one in force today; null when its first day is to come.</param>
/// <param name="Members">How many it pays today whose pay the viewer sees.</param>
public sealed record ListedPlan(PayPlan Plan, PayPlanVersion Newest, PayPlanVersion? InForce, int Members);

/// <summary>What the list of plans draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Plans">By name.</param>
/// <param name="SeesAll">Whether these are all there are.</param>
public sealed record PlansModel(PageFrame Frame, IReadOnlyList<ListedPlan> Plans, bool SeesAll);

/// <summary>What a plan's page draws.</summary>
public sealed record PlanModel
{
    public required PageFrame Frame { get; init; }

    public required IReadOnlyList<PayPlanVersion> Versions { get; init; }

    public required PayPlanVersion Shown { get; init; }

    public required PayPlan Plan { get; init; }

    public required PayPlanVersion? InForce { get; init; }

    /// <summary>Whose pay the viewer sees.</summary>
    public required IReadOnlyList<PayMember> Members { get; init; }

    /// <summary>Whether these are all members.</summary>
    public required bool SeesAll { get; init; }

    /// <summary>Where it pays by another target than the one that is set for those whose pay the viewer sees.</summary>
    public required IReadOnlyList<PlanTargetDifference> Differences { get; init; }

    /// <summary>Who can be taken in; empty for who may not.</summary>
    public required IReadOnlyList<FilterChoice> People { get; init; }

    /// <summary>What was just done, in a sentence.</summary>
    public string? Said { get; init; }

    public IReadOnlyList<string> Problems { get; init; } = [];

    public bool MayPrepare => Frame.Who.May(Right.PreparePay);

    /// <summary>The one that the shown one follows; null for the first.</summary>
    internal PayPlanVersion? Before => PayPlanVersion.Replaced(Versions, Shown);

    /// <summary>The one that is shown where none is asked for.</summary>
    internal PayPlanVersion Usual => InForce ?? PayPlanVersion.Newest(Versions);

    /// <summary>Whether it pays the viewer, or did: somebody else changes it.</summary>
    public required bool PaysViewer { get; init; }

    /// <summary>Whether the viewer can take a version back.</summary>
    internal bool MayWithdraw(PayPlanVersion version) => MayPrepare && !PaysViewer && version.Withdrawn is null && version.FromDay > Frame.Today;

    /// <summary>Null when there is no such plan or version that the viewer may read.</summary>
    internal static async Task<PlanModel?> ReadAsync(PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, string id, int? version, CancellationToken ct)
    {
        var scope = await PlanScope.ReadAsync(db, frame, ct);
        var versions = await plans.VersionsAsync(id, ct);
        if (versions.Count == 0 || !scope.MayRead(id)) return null;
        var force = PayPlanVersion.InForce(versions, frame.Today);
        if ((version is { } number ? versions.FirstOrDefault(v => v.Version == number) : force ?? PayPlanVersion.Newest(versions)) is not { } shown) return null;
        var all = await members.OfAsync(id, ct);
        PayMember[] seen = [.. all.Where(scope.MaySee)];
        // As it is in force; a version to come, on its first day.
        var day = shown.FromDay > frame.Today ? shown.FromDay : frame.Today;
        return new PlanModel
        {
            Frame = frame,
            Versions = versions,
            Shown = shown,
            Plan = shown.Plan,
            InForce = force,
            Members = seen,
            Differences = await PlanTargetDifferences.ReadAsync(db, shown.Plan, [.. seen.Where(m => m.IsIn(day)).Select(m => m.StaffKey).Distinct()], day, ct),
            SeesAll = scope.All,
            PaysViewer = PlansEndpoint.Pays(all, frame),
            People = frame.Who.May(Right.PreparePay) ? (await FilterChoices.ReadAsync(db, frame.Viewer, null, ct)).People : [],
        };
    }
}

/// <summary>What the page on which a plan is written draws.</summary>
public sealed record PlanDraftModel
{
    public required PageFrame Frame { get; init; }

    /// <summary>Null for a new plan.</summary>
    public required string? PlanId { get; init; }

    /// <summary>The version it is written from; 0 for a new plan.</summary>
    public required int Expected { get; init; }

    public required string Yaml { get; init; }

    public required string FromDay { get; init; }

    public required string Reason { get; init; }

    public required PlanReading Reading { get; init; }

    public required IReadOnlyList<PlanField> Fields { get; init; }

    /// <summary>Why it was not saved; empty before it was tried.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public string Title => PlanId is null ? "A new pay plan" : $"Change {Name}";

    /// <summary>Of the plan, as it is written also while its text has faults.</summary>
    public string Name => Fields.FirstOrDefault(f => f.Path == "name")?.Value ?? PlanId ?? "";

    internal string Hash => PlanDocument.HashOf(Yaml);
}
