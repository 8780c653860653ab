using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Jobs;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>What the model is worth, which one serves, and the decision that another does.</summary>
internal static class ModelEndpoint
{
    internal const string Path = ChurnEndpoint.Path + "/model";
    internal const string ApprovePath = Path + "/approve";
    internal const string RunPath = ChurnEndpoint.Path + "/run";
    internal const int LongestReason = 500;

    internal static void MapModel(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, async (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, long? model, CancellationToken cancellation) =>
            await ModelModel.ReadAsync(frame with { Query = frame.Query with { Own = [("model", model?.ToString(System.Globalization.CultureInfo.InvariantCulture))] } }, db, clock, model, cancellation) is { } read
                ? Screen.Of<ModelPage>(read) : Results.NotFound());
        pages.MapPost(ApprovePath, ApproveAsync).Needs(Right.Approve);
        pages.MapPost(RunPath, RunAsync).Needs(Right.Mend);
    }

    private static async Task<IResult> ApproveAsync(
        PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AccessLog log, [FromForm] long model, [FromForm] long instead, [FromForm] string? reason, CancellationToken cancellation)
    {
        var registry = new ChurnRegistry(db, clock);
        var champion = await registry.ChampionAsync(ChurnTraining.Accounts, cancellation);
        var (why, problem) = (reason?.Trim() ?? "", (string?)null);
        if (why.Length is 0 or > LongestReason) problem = $"Say in up to {LongestReason} characters why: whoever asks later finds it here.";
        else if (champion?.Id != instead) problem = "Another model was approved meanwhile. Look at it, then decide again.";
        else if (await registry.FindAsync(model, cancellation) is not { } asked || asked.Training.Subject != ChurnTraining.Accounts) problem = $"There is no model {model} of the customers.";
        else problem = await TryApproveAsync(registry, asked, frame.Viewer.Name, why, cancellation);
        if (problem is not null)
            return Screen.Of<ModelPage>((await ModelModel.ReadAsync(frame, db, clock, null, cancellation))! with { Problem = problem, Reason = why }, StatusCodes.Status400BadRequest);
        await log.WriteAsync(
            frame.Viewer.Name, LoggedAction.ModelApproved, $"model of the risk list: {why}", champion is null ? null : $"model {champion.Id}", $"model {model}", cancellation);
        return Results.LocalRedirect(frame.Query.Carry(Path) + "#decisions");
    }

    private static async Task<string?> TryApproveAsync(ChurnRegistry registry, RegisteredModel model, string by, string reason, CancellationToken ct)
    {
        try
        {
            await registry.ApproveAsync(model.Id, by, reason, ct);
            return null;
        }
        catch (ChurnException refused)
        {
            return refused.Message;
        }
    }

    private static async Task<IResult> RunAsync(PageFrame frame, JobSchedule schedule, AccessLog log, [FromForm] string? job, CancellationToken cancellation)
    {
        if (job is not (JobCatalogue.ChurnTrain or JobCatalogue.ChurnScore))
            return Screen.Of<BadAddressPage>(frame with { Problems = ["This is no job of the model."] }, StatusCodes.Status400BadRequest);
        // Before it, so that the run finds who asked for it.
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.JobStarted, job, null, null, cancellation);
        await schedule.RunNowAsync(job, cancellation);
        return Results.LocalRedirect(DataEndpoint.JobsPath);
    }
}
