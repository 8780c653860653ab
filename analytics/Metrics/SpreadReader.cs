using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>Answers how lengths are spread, over the same rows as the figure.</summary>
internal static class SpreadReader
{
    private const int MostBins = 14;

    private static readonly string Range = SqlText.Read(typeof(SpreadReader), "Metrics/SpreadRange.sql");
    private static readonly string Bins = SqlText.Read(typeof(SpreadReader), "Metrics/SpreadBins.sql");

    private const string Commitments = """
        , lengths as (
          select case when answered then extract(epoch from fulfilled_at - opened_at)::float8 / 3600 end as length from scoped where status <> 'excused'
        )

        """;

    private const string Measures = ", lengths as (select case when finished then amount::float8 end as length from scoped where excluded is null)\n";

    // Widths that people count in: of hours up to weeks, of days up to years.
    private static readonly double[] Hours = [0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168, 336, 720, 1440, 2160, 4320, 8760];
    private static readonly double[] Numbers = [0.5, 1, 2, 5, 7, 10, 14, 20, 30, 60, 90, 180, 365, 730, 1825];

    /// <summary>Null where none is over.</summary>
    public static async Task<Spread?> ReadAsync(MetricSession session, CancellationToken ct)
    {
        if (await RangeAsync(session, ct) is not var (open, low, high)) return null;
        var edges = Edges(low, high, session.Definition.Unit is Unit.Days or Unit.Count ? Numbers : Hours);
        await using var command = Command(session, Bins);
        command.Parameters.AddWithValue("edges", edges);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new long[edges.Length + 1];
        while (await reader.ReadAsync(ct)) counts[reader.GetInt32(0)] = reader.GetInt64(1);
        // Nothing takes less than nothing; what can is shown as having no lower end.
        return new Spread([.. counts.Select((count, i) => new SpreadBin(BinOf(edges, i), count)).Skip(counts[0] == 0 ? 1 : 0)], open);
    }

    private static async Task<(long Open, double Low, double High)?> RangeAsync(MetricSession session, CancellationToken ct)
    {
        await using var command = Command(session, Range);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return reader.IsDBNull(1) ? null : (reader.GetInt64(0), reader.GetDouble(1), reader.GetDouble(2));
    }

    private static NpgsqlCommand Command(MetricSession session, string answer) => session.Definition is MeasureMetric
        ? MeasureReader.Command(session, attribute: false, null, Measures + answer)
        : session.Command(CommitmentReader.ScopeOf(session) + Commitments + answer);

    // From a whole multiple of the width; the last begins at or below the longest.
    private static double[] Edges(double low, double high, double[] widths)
    {
        var first = Math.Min(low, 0);
        var width = widths.FirstOrDefault(w => (high - first) / w < MostBins, widths[^1]);
        var start = Math.Floor(first / width) * width;
        var bins = Math.Clamp((int)Math.Floor((high - start) / width) + 1, 1, MostBins + 1);
        return [.. Enumerable.Range(0, bins + 1).Select(i => start + i * width)];
    }

    private static Lasted BinOf(double[] edges, int bin) =>
        new(bin == 0 ? null : edges[bin - 1], bin == edges.Length ? null : edges[bin]);
}
