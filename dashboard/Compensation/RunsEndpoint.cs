using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>The list of runs, and the beginning of one.</summary>
internal static class RunsEndpoint
{
    private const int PeriodsOffered = 4;

    internal static void MapRuns(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PayPath.Runs, (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct) => ShowAsync(frame, db, clock, [], ct));
        pages.MapPost(PayPath.Runs, PrepareAsync).Needs(Right.PreparePay);
    }

    private static async Task<IResult> PrepareAsync(
        PageFrame frame, NpgsqlDataSource db, TimeProvider clock, RunSteps steps, [FromForm] string? what, CancellationToken ct)
    {
        try
        {
            var (plan, period) = what?.Split(' ') is [var p, var label] ? (p, label) : throw new PayException("Choose a plan and a period.");
            var run = await steps.PrepareAsync(frame.Who, plan, period, ct);
            return Results.LocalRedirect(frame.Query.Carry(PayPath.Run(run)));
        }
        catch (PayException refused)
        {
            return await ShowAsync(frame, db, clock, [refused.Message], ct);
        }
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, TimeProvider clock, IReadOnlyList<string> problems, CancellationToken ct)
    {
        if (!frame.Who.Pay.SeesOthers) return Results.NotFound();
        var runs = await new PayReader(db).RunsAsync(frame.Who.Pay, ct);
        var offered = frame.Who.May(Right.PreparePay) ? await OfferedAsync(frame, db, clock, runs, ct) : [];
        return Screen.Of<RunsPage>(new RunsModel(frame, runs, offered, problems), problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    // The latest finished periods of each plan that were not run, the oldest first: they are run in their order.
    private static async Task<IReadOnlyList<OfferedRun>> OfferedAsync(PageFrame frame, NpgsqlDataSource db, TimeProvider clock, IReadOnlyList<PayRunView> runs, CancellationToken ct)
    {
        var offered = new List<OfferedRun>();
        foreach (var versions in (await new PayPlanStore(db, clock).AllAsync(ct)).GroupBy(v => v.PlanId))
        {
            var plan = versions.First().Plan;
            var period = PayPeriods.Of(plan.Every, frame.Today);
            for (var back = 0; back < PeriodsOffered && period.Prior() is { } prior && versions.Any(v => v.FromDay < prior.End); back++)
            {
                period = prior;
                if (runs.Any(r => r.Run.Plan == plan.Id && r.Run.State != PayRunState.Abandoned && r.Run.Period.Start >= period.Start)) break;
                offered.Add(new OfferedRun(plan.Id, plan.Name, period));
            }
        }
        return [.. offered.OrderBy(o => o.Name, StringComparer.Ordinal).ThenBy(o => o.Period.Start)];
    }
}

/// <summary>A plan's period that can be run.</summary>
public sealed record OfferedRun(string Plan, string Name, Analytics.Metrics.Period Period);

/// <summary>What the list of runs draws.</summary>
public sealed record RunsModel(PageFrame Frame, IReadOnlyList<PayRunView> Runs, IReadOnlyList<OfferedRun> Offered, IReadOnlyList<string> Problems);
