using System.Globalization;
using Followthrough.Ingest.Replaying;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>Which rejected records are to be tried again: the ticked ones, else all of a reason or batch, else all that are open.</summary>
/// <param name="Ids">The ticked ones; empty for all.</param>
/// <param name="Reason">Only of this reason; null for any.</param>
/// <param name="Batch">Only of this batch; null for any.</param>
/// <param name="All">True when none is ticked and all are meant; when none is ticked and this is false, none is meant.</param>
public sealed record ReplayScope(IReadOnlyList<long> Ids, string? Reason, long? Batch, bool All)
{
    /// <summary>What a form asks for; null when it can't be understood.</summary>
    internal static ReplayScope? Read(IFormCollection form)
    {
        var ids = new List<long>();
        foreach (var text in form["id"])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
            ids.Add(id);
        }
        var all = form["all"] == "true";
        if (ids.Count == 0 && !all) return null;
        var batch = form["batch"].ToString();
        if (batch.Length == 0) return new ReplayScope(ids, ReasonIn(form), null, all);
        return long.TryParse(batch, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ReplayScope(ids, ReasonIn(form), number, all) : null;
    }

    internal ReplayRequest Request(string by) => new() { Ids = Ids, Reason = Reason, Batch = Batch, All = All && Ids.Count == 0, By = by };

    /// <summary>How many of them are open.</summary>
    internal async Task<long> CountAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        if (Ids.Count == 0 && !All) return 0;
        await using var command = db.CreateCommand("""
            select count(*) from quarantine
            where resolved_at is null and (cardinality($1::bigint[]) = 0 or quarantine_id = any($1))
              and ($2::text is null or reason = $2) and ($3::bigint is null or batch_id = $3)
            """);
        command.Parameters.AddWithValue(Ids.ToArray());
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)Reason ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Bigint, (object?)Batch ?? DBNull.Value);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string? ReasonIn(IFormCollection form) => form["reason"].ToString() is { Length: > 0 } reason ? reason : null;
}
