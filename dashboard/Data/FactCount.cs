using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>How much there is of a fact and how new it is.</summary>
/// <param name="Table">The fact; its canonical file is called the same.</param>
/// <param name="Rows">Rows, the deleted ones included.</param>
/// <param name="LastOccurredAt">The latest thing that happened; null when there is none.</param>
/// <param name="LastKnownAt">When we last learned something; null when there is none.</param>
public sealed record FactCount(FactTable Table, long Rows, DateTimeOffset? LastOccurredAt, DateTimeOffset? LastKnownAt)
{
    // One statement per table from the facts' own list: a new fact is on this page without a line here.
    private static readonly string Sql = string.Join(
        "\nunion all\n",
        FactTable.All.Select((table, i) => $"select {i}, count(*), max(occurred_at), max(known_at) from {table.Name}")) + "\norder by 1";

    internal static async Task<IReadOnlyList<FactCount>> ReadAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var counts = new List<FactCount>();
        while (await rows.ReadAsync(cancellation))
        {
            counts.Add(new FactCount(FactTable.All[rows.GetInt32(0)], rows.GetInt64(1), rows.GetFieldValue<DateTimeOffset?>(2), rows.GetFieldValue<DateTimeOffset?>(3)));
        }
        return counts;
    }
}
