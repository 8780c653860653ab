using Npgsql;

namespace Followthrough.Dashboard.Startup;

/// <summary>For monitors: whether the process answers and reaches its database. Says nothing about the company.</summary>
internal static partial class Health
{
    internal const string Path = "/health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet(Path, CheckAsync).AllowAnonymous();

    private static async Task<IResult> CheckAsync(
        NpgsqlDataSource db, Preparation preparation, TimeProvider clock, ILogger<Preparation> log, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await using var command = db.CreateCommand("select 1");
            await command.ExecuteScalarAsync(either.Token);
            return Results.Json(new { status = preparation.IsDone ? "ok" : "preparing", database = "ok" });
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            LogUnreachable(log, unreachable);
            return Results.Json(new { status = "failing", database = "unreachable" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer the health check.")]
    private static partial void LogUnreachable(ILogger log, Exception unreachable);
}
