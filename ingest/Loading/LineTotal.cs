using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>
/// The amount of an invoice or order that its source gives by lines only: the sum of the stored lines, dated with the first of them.
/// Reckoned where the lines are, so it is right however many files they come in, in which order, and when one is corrected.
/// </summary>
internal static class LineTotal
{
    private static readonly string Text = SqlText.Read(typeof(LineTotal), "Loading/LineTotal.sql");

    private static readonly Dictionary<string, string> KeyOf = new() { ["invoice"] = "invoice_key", ["sales_order"] = "order_key" };

    // Sent the moment it came about: that moment is then the first line's too, whichever line the source gave first.
    private static readonly Dictionary<string, string> DatedOf = new()
    {
        ["invoice"] = ", sent_at = case when s.sent_at = s.occurred_at then coalesce(total.occurred_at, s.sent_at) else s.sent_at end",
        ["sales_order"] = "",
    };

    /// <summary>Names of the facts that have lines.</summary>
    public static IReadOnlyCollection<string> Tables => KeyOf.Keys;

    /// <summary>The column of a line that names its fact; null for a fact that has no lines.</summary>
    public static string? Of(FactTable table) => KeyOf.GetValueOrDefault(table.Name);

    /// <summary>Lets the stage of such a fact take rows without their amount.</summary>
    public static async Task LeaveOpenAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        await using var leave = new NpgsqlCommand($"alter table {Stage.NameOf(table)} alter column amount drop not null", connection);
        await leave.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Fills in the staged amounts that were left to the lines. The lines have to be merged by then.</summary>
    public static async Task FillAsync(NpgsqlConnection connection, FactTable table, CancellationToken ct)
    {
        var sql = Text.Replace("{stage}", Stage.NameOf(table), StringComparison.Ordinal).Replace("{line_key}", KeyOf[table.Name], StringComparison.Ordinal)
            .Replace("{dated}", DatedOf[table.Name], StringComparison.Ordinal);
        await using var fill = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await fill.ExecuteNonQueryAsync(ct);
    }
}
