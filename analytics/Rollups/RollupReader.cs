using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Rollups;

/// <summary>The counts behind a figure, as <see cref="MetricReader"/> gives them: each a number of commitments.</summary>
internal sealed record RollupFigures(long Kept, long Missed, long Pending, long NeverAnswered, long Answered, long BusinessKept, long BusinessMissed, long Excused);

/// <summary>Answers from the roll-ups what can be answered from them: about now, in whole months, not about one account or channel.</summary>
internal sealed class RollupReader(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly string Figures = SqlText.Read(typeof(RollupReader), "Metrics/Scoped.sql") + SqlText.Read(typeof(RollupReader), "Rollups/Figures.sql");

    /// <summary>Whether the roll-ups can answer it.</summary>
    public static bool CanAnswer(MetricQuery query) =>
        query is { AsOf: null, Account: null, Channel: null }
        && query.Period is { Start: var start, End: var end } && start.Day == 1 && (end.Day == 1 || end == DateOnly.MaxValue);

    /// <summary>The counts, all 0 where there is nothing.</summary>
    /// <exception cref="ArgumentException">The roll-ups cannot answer it, or there is no such metric.</exception>
    public async Task<RollupFigures> ReadAsync(MetricQuery query, CancellationToken ct)
    {
        if (!CanAnswer(query)) throw new ArgumentException("The roll-ups cannot answer this.", nameof(query));
        var definition = MetricCatalogue.Find(query.Metric) ?? throw new ArgumentException($"There is no metric '{query.Metric}'.", nameof(query));
        await using var session = await MetricSession.OpenAsync(db, query, definition, clock.GetUtcNow(), ct);
        await using var command = Command(session, query);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var n = Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64).ToArray();
        return new RollupFigures(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
    }

    /// <summary>The statement that answers it.</summary>
    internal static NpgsqlCommand Command(MetricSession session, MetricQuery query)
    {
        var command = session.Command(Figures);
        command.Parameters.AddWithValue("from_month", NpgsqlDbType.Date, query.Period.Start);
        command.Parameters.AddWithValue("to_month", NpgsqlDbType.Date, query.Period.End);
        return command;
    }
}
