using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>An account that stands for buyers nobody named.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Facts">Facts under it, which count in every total.</param>
public sealed record UnnamedBuyer(string Key, string Name, long Facts)
{
    private static readonly string Counted = string.Join(" + ", FactTable.All.Where(t => t is { HasAccount: true, Name: not "account" })
        .Select(t => $"(select count(*) from {t} f where f.account_id = a.account_id and not f.deleted)"));

    internal static async Task<IReadOnlyList<UnnamedBuyer>> ReadAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand($"select a.source_key, a.name, {Counted} from account a where a.anonymous and not a.deleted order by 1");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var unnamed = new List<UnnamedBuyer>();
        while (await row.ReadAsync(cancellation)) unnamed.Add(new UnnamedBuyer(row.GetString(0), row.GetString(1), row.GetInt64(2)));
        return unnamed;
    }
}
