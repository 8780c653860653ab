using System.Globalization;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Api;

/// <summary>What came in and what runs by itself; for those who see the Data screens.</summary>
internal static class SourcesApi
{
    private static readonly string Sql = SqlText.Read(typeof(SourcesApi), "Api/Batches.sql");

    internal static void MapSourcesApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sources", SourcesAsync).Needs(Right.Data).Takes(ApiParameter.Paging).Gives<SourcesAnswer>("What came in, and how fresh the figures are");
        api.MapGet("/jobs", JobsAsync).Needs(Right.Data).Takes().WithMetadata(new Untagged()).Gives<JobsAnswer>("Jobs and their latest runs");
    }

    private static async Task<IResult> SourcesAsync(ApiRequest request, NpgsqlDataSource db, CancellationToken cancellation)
    {
        var fresh = await Freshness.ReadAsync(db, cancellation);
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("after", NpgsqlDbType.Bigint, request.After is { } after ? long.Parse(after.Key, CultureInfo.InvariantCulture) : DBNull.Value);
        command.Parameters.AddWithValue("most", request.Size + 1);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var batches = new List<BatchAnswer>();
        var total = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            batches.Add(Row(rows));
            total = rows.GetInt64(11);
        }
        return Results.Ok(new SourcesAnswer(
            new FreshnessAnswer(fresh.Version, fresh.RefreshedAt, fresh.LastBatchAt, fresh.IsBehind, fresh.OpenQuarantine),
            Paged.Of(request, batches, total, batch => Paged.Keyed(batch.Batch.ToString(CultureInfo.InvariantCulture)))));
    }

    private static async Task<IResult> JobsAsync(ApiRequest request, NpgsqlDataSource db, CancellationToken cancellation)
    {
        var schedules = await Schedule.ReadAsync(db, cancellation);
        var runs = await Run.ReadAsync(db, all: true, 0, cancellation);
        return Results.Ok(new JobsAnswer([.. schedules.Select(Of)], [.. runs.Rows.Select(Of)], runs.Total));
    }

    private static BatchAnswer Row(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7),
        row.GetInt64(8), row.GetInt64(9), row.GetFieldValue<DateTimeOffset>(10));

    private static JobAnswer Of(Schedule schedule) => new(
        schedule.Job.Id, schedule.Job.Name, schedule.Job.Description, schedule.NextAt, schedule.LastOutcome is { } outcome ? PageQuery.Word(outcome) : null,
        schedule.LastAt, schedule.LastError);

    private static RunAnswer Of(Run run) => new(
        run.Id, run.Job, PageQuery.Word(run.Cause), run.StartedAt, run.FinishedAt, PageQuery.Word(run.Outcome), run.Progress.Done, run.Progress.Total, run.Written, run.Removed,
        run.Note, run.Error);
}
