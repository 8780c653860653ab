using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary>Reads what tells customers apart, and keeps the keys by which they meet. Merges have to be locked by then.</summary>
internal sealed class Profiles(NpgsqlConnection connection)
{
    // What more customers share than this says nothing about any two of them.
    private const int MostSharing = 50;

    /// <summary>Customers among these ids; merged ones are read with their survivor, deleted and anonymous ones not at all.</summary>
    public async Task<Dictionary<long, Profile>> ReadAsync(long[] ids, CancellationToken ct)
    {
        var records = await RecordsAsync(ids, ct);
        var contacts = await ContactsAsync([.. records.Select(r => r.Key)], ct);
        return records.ToDictionary(r => r.Key, r => new Profile(r.Key, r.Value, contacts.GetValueOrDefault(r.Key, [])));
    }

    /// <summary>Replaces the keys of these customers.</summary>
    public async Task KeepKeysAsync(long[] ids, IReadOnlyCollection<Profile> profiles, CancellationToken ct)
    {
        await using (var forget = new NpgsqlCommand("delete from account_key where account_id = any($1)", connection) { Parameters = { new() { Value = ids } } })
            await forget.ExecuteNonQueryAsync(ct);
        var keys = profiles.SelectMany(p => p.Keys().Select(k => (p.Id, k.Kind, k.Value))).ToList();
        await using var keep = new NpgsqlCommand("insert into account_key (account_id, kind, value) select * from unnest($1::bigint[], $2::text[], $3::text[])", connection);
        keep.Parameters.AddWithValue(keys.Select(k => k.Id).ToArray());
        keep.Parameters.AddWithValue(keys.Select(k => k.Kind).ToArray());
        keep.Parameters.AddWithValue(keys.Select(k => k.Value).ToArray());
        await keep.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Pairs that share a key, of which one is among these ids; the lower id first.</summary>
    public async Task<IReadOnlyList<(long One, long Other)>> PairsAsync(long[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select distinct least(k.account_id, o.id), greatest(k.account_id, o.id)
            from account_key k
            cross join lateral (
              select array_agg(x.account_id) as sharing
              from (select account_id from account_key x where x.kind = k.kind and x.value = k.value limit {MostSharing + 1}) x
            ) s
            cross join lateral unnest(s.sharing) o (id)
            where k.account_id = any($1) and k.kind <> '{Profile.Number}' and cardinality(s.sharing) <= {MostSharing} and o.id <> k.account_id
            order by 1, 2
            """, connection) { CommandTimeout = 0, Parameters = { new() { Value = ids } } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var pairs = new List<(long, long)>();
        while (await rows.ReadAsync(ct)) pairs.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return pairs;
    }

    private async Task<Dictionary<long, List<ProfileRecord>>> RecordsAsync(long[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            with who as (
              select id as customer, id as account_id from unnest($1::bigint[]) i (id)
              union all
              select survivor_id, account_id from account_merge where survivor_id = any($1) and undone_at is null
            )
            select w.customer, r.source_key, r.name, r.tax_id, r.website, r.email, r.external_ids, r.phone, r.street, r.postal_code, r.city, r.country, r.occurred_at
            from who w
            join account a on a.account_id = w.customer and not a.deleted and not a.anonymous
            join account_record r on r.account_id = w.account_id
            order by w.customer, r.account_id <> w.customer, r.source_key
            """, connection) { CommandTimeout = 0, Parameters = { new() { Value = ids } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var records = new Dictionary<long, List<ProfileRecord>>();
        while (await row.ReadAsync(ct))
        {
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            if (!records.TryGetValue(row.GetInt64(0), out var own)) records[row.GetInt64(0)] = own = [];
            own.Add(new ProfileRecord(row.GetString(1), row.GetString(2), Text(3), Text(4), Text(5), Text(6), Text(7), Text(8), Text(9), Text(10), Text(11), row.GetFieldValue<DateTimeOffset>(12)));
        }
        return records;
    }

    private async Task<Dictionary<long, List<(string? Email, string? Phone)>>> ContactsAsync(long[] ids, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select account_id, email, phone from contact where account_id = any($1) and not deleted and (email is not null or phone is not null)", connection)
        { CommandTimeout = 0, Parameters = { new() { Value = ids } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var contacts = new Dictionary<long, List<(string?, string?)>>();
        while (await row.ReadAsync(ct))
        {
            if (!contacts.TryGetValue(row.GetInt64(0), out var own)) contacts[row.GetInt64(0)] = own = [];
            own.Add((row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)));
        }
        return contacts;
    }
}
