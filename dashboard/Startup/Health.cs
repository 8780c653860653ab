using Followthrough.Analytics.Jobs;
using Npgsql;

namespace Followthrough.Dashboard.Startup;

/// <summary>For monitors: whether the process answers, reaches its database, and finds settled history as it was. Says nothing about the company.</summary>
internal static partial class Health
{
    internal const string Path = "/health";

    private const string Moved = "has moved";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet(Path, CheckAsync).AllowAnonymous();

    private static async Task<IResult> CheckAsync(
        NpgsqlDataSource db, Preparation preparation, TimeProvider clock, ILogger<Preparation> log, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var history = await HistoryAsync(db, either.Token);
            return Results.Json(new { status = !preparation.IsDone ? "preparing" : history == Moved ? "warning" : "ok", database = "ok", history });
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            LogUnreachable(log, unreachable);
            return Results.Json(new { status = "failing", database = "unreachable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    // Whether the last look found the figures of past months and the editions as they were.
    private static async Task<string> HistoryAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("""
            select outcome from job_run where job = $1 and outcome in ('succeeded', 'failed') order by job_run_id desc limit 1
            """);
        command.Parameters.AddWithValue(JobCatalogue.Stability);
        return (await command.ExecuteScalarAsync(cancellation) as string) switch { null => "not looked at yet", "failed" => Moved, _ => "as it was" };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer the health check.")]
    private static partial void LogUnreachable(ILogger log, Exception unreachable);
}
