using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary>What becomes of rejected rows that were tried again: settled, or kept with the reason they are rejected for now.</summary>
internal sealed class Verdicts(NpgsqlConnection connection, DateTimeOffset now)
{
    private readonly List<long> _settled = [];
    private readonly List<(long Id, MappedRow Row, string Message)> _kept = [];

    public int Settled => _settled.Count;

    /// <summary>Those that stay, with what is wrong with them now.</summary>
    public IReadOnlyList<(long Id, MappedRow Row, string Message)> Kept => _kept;

    /// <summary>
    /// Judges the open rows of one record. A row stays when the record is rejected for the same fact again. While anything of the record
    /// is rejected at least one of its rows stays, so that nothing of it is lost.
    /// </summary>
    public void Judge(IEnumerable<Held> open, IReadOnlyList<MappedRow> rejections)
    {
        var left = open.ToList();
        foreach (var rejection in rejections)
        {
            if (left.Count == 0)
            {
                Join(rejection);
                continue;
            }
            var row = left.Find(h => h.Fact == rejection.Table.Name && h.Key == rejection.Key) ?? left.Find(h => h.Fact == rejection.Table.Name) ?? left[0];
            left.Remove(row);
            _kept.Add((row.Id, rejection, rejection.Message!));
        }
        _settled.AddRange(left.Select(h => h.Id));
    }

    /// <summary>Writes it down.</summary>
    public async Task WriteAsync(long batch, CancellationToken ct)
    {
        await SettleAsync(batch, ct);
        await KeepAsync(ct);
    }

    // A record that was rejected once and now fails in several facts: its one row says all of it.
    private void Join(MappedRow rejection)
    {
        var (id, row, message) = _kept[^1];
        _kept[^1] = (id, row, $"{message}; {rejection.Table}: {rejection.Message}");
    }

    private async Task SettleAsync(long batch, CancellationToken ct)
    {
        await using var settle = new NpgsqlCommand(
            "update quarantine set resolved_at = $1, tried_at = $1, replayed_in = $2 where quarantine_id = any($3)", connection)
        { CommandTimeout = 0 };
        settle.Parameters.AddWithValue(now);
        settle.Parameters.AddWithValue(batch);
        settle.Parameters.AddWithValue(_settled.ToArray());
        await settle.ExecuteNonQueryAsync(ct);
    }

    private async Task KeepAsync(CancellationToken ct)
    {
        await using var keep = new NpgsqlCommand("""
            update quarantine q
            set account_id = n.account_id, fact = n.fact, source_key = n.source_key, rule = n.rule, field = n.field, reason = n.reason,
              message = n.message, waiting_for_account = n.waiting_for_account, mapped = n.mapped, tried_at = $1
            from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
              as n (quarantine_id, account_id, fact, source_key, rule, field, reason, message, waiting_for_account, mapped)
            where q.quarantine_id = n.quarantine_id
            """, connection) { CommandTimeout = 0 };
        keep.Parameters.AddWithValue(now);
        keep.Parameters.AddWithValue(Column(k => k.Id));
        keep.Parameters.AddWithValue(Column(k => k.Row.Account is { } account ? AccountId.Of(account) : 0));
        keep.Parameters.AddWithValue(Column(k => k.Row.Table.Name));
        keep.Parameters.AddWithValue(Column(k => k.Row.Key));
        keep.Parameters.AddWithValue(Column(k => k.Row.Rule));
        keep.Parameters.AddWithValue(Column(k => k.Row.Field));
        keep.Parameters.AddWithValue(Column(k => k.Row.Reason!));
        keep.Parameters.AddWithValue(Column(k => k.Message));
        keep.Parameters.AddWithValue(Column(k => k.Row.Reason == UnknownAccount.Reason ? k.Row.Account : null));
        keep.Parameters.AddWithValue(Column(k => k.Row.Cells is null ? null : k.Row.ToCanonicalJson()));
        await keep.ExecuteNonQueryAsync(ct);
    }

    private T[] Column<T>(Func<(long Id, MappedRow Row, string Message), T> value) => [.. _kept.Select(value)];
}
