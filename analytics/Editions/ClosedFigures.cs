using System.Text.Json;
using Followthrough.Analytics.Metrics;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>The figures that an edition keeps whole; whatever else is asked is counted from its rows.</summary>
internal static class ClosedFigures
{
    private const string Sql = """
        select f.value from edition_figure f join edition_part p using (edition_id, part)
        where f.edition_id = @edition and f.metric = @metric and p.starts = @starts and p.ends = @ends
          and f.dimension = @dimension and f.key is not distinct from @key
        """;

    /// <summary>The kept figure of exactly that question; null where none is kept.</summary>
    public static async Task<T?> FindAsync<T>(MetricSession session, Closed closed, CancellationToken ct) where T : MetricValue
    {
        var query = session.Query;
        if (closed is not { Editions: [var edition], Refusal: null } || query.Viewer is not { Teams: null, Staff: null } || query.Account is not null) return null;
        var filters = new[] { ("team", query.Team), ("staff", query.Staff), ("region", query.Region), ("segment", query.Segment), ("channel", query.Channel) }
            .Where(f => f.Item2 is not null).ToList();
        if (filters.Count > 1) return null;
        var (dimension, key) = filters.Count == 0 ? ("all", null) : filters[0];
        await using var command = session.Command(Sql);
        command.Parameters.AddWithValue("edition", edition.Id);
        command.Parameters.AddWithValue("metric", query.Metric);
        command.Parameters.AddWithValue("starts", query.Period.Start);
        command.Parameters.AddWithValue("ends", query.Period.End);
        command.Parameters.AddWithValue("dimension", dimension);
        command.Parameters.AddWithValue("key", NpgsqlDbType.Text, string.IsNullOrEmpty(key) ? DBNull.Value : key);
        return await command.ExecuteScalarAsync(ct) is string value ? JsonSerializer.Deserialize<T>(value, EditionJson.Options) : null;
    }
}
