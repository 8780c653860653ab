using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Rollups;

/// <summary>Answers from the roll-ups what can be answered from them: counts about now, in whole months, not about one account or channel, nor about what has no team, person, region or segment.</summary>
internal static class RollupReader
{
    // To start a worker takes longer than the whole answer, and a plan that cannot know how few rows have changed would.
    private static readonly string Figures = "set local max_parallel_workers_per_gather = 0;"
        + SqlText.Read(typeof(RollupReader), "Metrics/Scoped.sql") + SqlText.Read(typeof(RollupReader), "Rollups/Figures.sql");

    /// <summary>Whether the roll-ups can answer it.</summary>
    public static bool CanAnswer(MetricQuery query) =>
        query is { AsOf: null, Account: null, Channel: null, WithDurations: false, Team: not MetricQuery.None, Staff: not MetricQuery.None, Region: not MetricQuery.None, Segment: not MetricQuery.None }
        && query.Period is { Start: var start, End: var end } && start.Day == 1 && (end.Day == 1 || end == DateOnly.MaxValue);

    /// <summary>The figure without its durations.</summary>
    public static async Task<CommitmentValue> ValueAsync(MetricSession session, CancellationToken ct)
    {
        await using var command = Command(session);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return CommitmentValueReader.OfCounts(reader, session.CommitmentMetric, session.AsOf);
    }

    /// <summary>The statement, with its parameters bound.</summary>
    public static NpgsqlCommand Command(MetricSession session)
    {
        var command = session.Command(Figures);
        command.Parameters.AddWithValue("from_month", NpgsqlDbType.Date, session.Query.Period.Start);
        command.Parameters.AddWithValue("to_month", NpgsqlDbType.Date, session.Query.Period.End);
        return command;
    }
}
