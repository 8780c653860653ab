using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Rollups;

/// <summary>What decides the month in which a commitment counts: the reporting zone, and which kinds count when due.</summary>
internal sealed record RollupBasis(string Zone)
{
    private static readonly string[] CountsWhenDue =
        [.. MetricCatalogue.Commitments.Where(m => m.CountsWhenDue).Select(m => m.Kind).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether commitments of the kind count only once their due time has passed.</summary>
    public static bool CountsOnlyMatured(string kind) => MetricCatalogue.Commitments.Any(m => m.Kind == kind && m.OnlyMatured);

    /// <summary>As the ledger's state keeps it, to see whether the roll-ups were made by it.</summary>
    public string Text => $"{Zone} {string.Join(',', CountsWhenDue)}";

    /// <summary>As the company and the catalogue have it now.</summary>
    public static async Task<RollupBasis> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select reporting_zone from company", connection);
        return new RollupBasis((string)(await command.ExecuteScalarAsync(ct))!);
    }

    /// <summary>The column of the ledger that decides the month of a kind.</summary>
    public static string CountedBy(string kind) => CountsWhenDue.Contains(kind) ? "due_at" : "opened_at";

    /// <summary>A statement over Counted.sql, with its parameters bound.</summary>
    public NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("zone", Zone);
        command.Parameters.AddWithValue("counts_when_due", CountsWhenDue);
        return command;
    }
}
