using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>Somebody's share of an account's volumes.</summary>
/// <param name="Account">Key of the account.</param>
/// <param name="Staff">Who is credited.</param>
/// <param name="Share">As a fraction.</param>
/// <param name="Overlay">On top of the shares that add up to one.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day it does not hold any more; null while nobody has said.</param>
internal sealed record CreditedShare(string Account, string Staff, decimal Share, bool Overlay, DateOnly From, DateOnly? To)
{
    public bool Holds(DateOnly day) => From <= day && (To is null || day < To);

    /// <summary>All that hold on some day of the period.</summary>
    public static async Task<IReadOnlyList<CreditedShare>> ReadAsync(NpgsqlDataSource db, DateOnly from, DateOnly to, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select account_key, staff_key, share, overlay, from_day, to_day from credit_split
            where from_day < $2 and (to_day is null or to_day > $1) and replaced_at is null
            order by account_key, staff_key, split_id
            """);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        await using var row = await command.ExecuteReaderAsync(ct);
        var splits = new List<CreditedShare>();
        while (await row.ReadAsync(ct))
            splits.Add(new(row.GetString(0), row.GetString(1), row.GetDecimal(2), row.GetBoolean(3), row.GetFieldValue<DateOnly>(4), await row.GetFieldValueAsync<DateOnly?>(5, ct)));
        return splits;
    }
}
