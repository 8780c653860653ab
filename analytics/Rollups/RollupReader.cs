using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Rollups;

/// <summary>
/// Answers from the roll-ups what can be answered from them: counts over at least one whole month, not about one account or channel, nor about
/// what has no team, person, region or segment. Of the days before and after whole months the ledger is counted.
/// </summary>
internal static class RollupReader
{
    private const string Rest = "{rest}";

    private static readonly string Figures = SqlText.Read(typeof(RollupReader), "Metrics/Scoped.sql") + SqlText.Read(typeof(RollupReader), "Rollups/Figures.sql");
    private static readonly string OfMonths = Figures.Replace(Rest, "", StringComparison.Ordinal);
    private static readonly string OfDays = Figures.Replace(Rest, "or counted_at < @months_from or counted_at >= @months_to", StringComparison.Ordinal);

    /// <summary>Whether the roll-ups, where there are any, can answer it; by what it is split, null for not at all.</summary>
    public static bool CanAnswer(MetricQuery query, Dimension? by) =>
        query is { Account: null, Channel: null, WithDurations: false, Team: not MetricQuery.None, Staff: not MetricQuery.None, Region: not MetricQuery.None, Segment: not MetricQuery.None }
        && by is not (Dimension.Account or Dimension.Channel)
        && WholeMonths(query.Period) is { Start: var start, End: var end } && start < end;

    /// <summary>The figure by group, without its durations; one group when it is not split.</summary>
    public static async Task<IReadOnlyList<CommitmentGroup>> GroupsAsync(MetricSession session, Dimension? by, CancellationToken ct)
    {
        await using var command = Command(session, by);
        // One plan serves whole months, whichever they are; how other days are found depends on how many there are.
        if (WholeMonths(session.Query.Period) == session.Query.Period) await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await CommitmentValueReader.ReadAsync(reader, session, by, ct);
    }

    /// <summary>How many commitments stand so; of every standing when null.</summary>
    public static async Task<long> CountAsync(MetricSession session, CommitmentStatus? status, CancellationToken ct)
    {
        if (await GroupsAsync(session, null, ct) is not [var all]) return 0;
        var (value, excused) = (all.Value, all.Value.Excluded.Values.Sum());
        return status switch
        {
            CommitmentStatus.Kept => value.Kept,
            CommitmentStatus.Missed => value.Missed,
            CommitmentStatus.Pending => value.Pending,
            CommitmentStatus.Excused => excused,
            _ => value.N + value.Pending + excused,
        };
    }

    /// <summary>The statement, with its parameters bound.</summary>
    public static NpgsqlCommand Command(MetricSession session, Dimension? by)
    {
        var months = WholeMonths(session.Query.Period);
        var command = session.Command(months == session.Query.Period ? OfMonths : OfDays);
        command.Parameters.AddWithValue("from_month", NpgsqlDbType.Date, months.Start);
        command.Parameters.AddWithValue("to_month", NpgsqlDbType.Date, months.End);
        var (from, to) = session.Instants(months);
        command.Parameters.AddWithValue("months_from", NpgsqlDbType.TimestampTz, from);
        command.Parameters.AddWithValue("months_to", NpgsqlDbType.TimestampTz, to);
        command.Parameters.AddWithValue("by", NpgsqlDbType.Text, (object?)by?.ToString().ToLowerInvariant() ?? DBNull.Value);
        return command;
    }

    private static Period WholeMonths(Period period) => period with
    {
        Start = period.Start.Day == 1 ? period.Start : Period.MonthOf(period.Start).End,
        End = period.End == DateOnly.MaxValue ? period.End : Period.MonthOf(period.End).Start,
    };
}
