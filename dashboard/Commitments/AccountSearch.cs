using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>Finds accounts by name and leads to their pages.</summary>
internal static class AccountSearch
{
    private const int Shown = 100;
    private const int Suggested = 8;
    private const int Longest = 200;

    private static readonly string Sql = AccountScope.Into(SqlText.Read(typeof(AccountSearch), "Commitments/AccountSearch.sql"));

    internal static void MapAccountSearch(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/search", async (PageFrame frame, NpgsqlDataSource db, string? q, CancellationToken cancellation) =>
        {
            var found = await FindAsync(frame, db, q, Shown, cancellation);
            return found.Accounts is [var only] && found.Total == 1 ? Results.LocalRedirect(found.Address(only)) : Screen.Of<AccountSearchPage>(found);
        });
        pages.MapGet("/search/suggestions", async (PageFrame frame, NpgsqlDataSource db, string? q, CancellationToken cancellation) =>
            Screen.Of<AccountSuggestions>(await FindAsync(frame, db, q, Suggested, cancellation)));
    }

    private static async Task<FoundAccounts> FindAsync(PageFrame frame, NpgsqlDataSource db, string? text, int limit, CancellationToken cancellation)
    {
        text = text?.Trim() ?? "";
        if (text.Length is 0 or > Longest || text.Contains('\0', StringComparison.Ordinal)) return new FoundAccounts(frame, text, [], 0);
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("text", text);
        command.Parameters.AddWithValue("most", limit);
        AccountScope.Bind(command, frame.Viewer);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var accounts = new List<FoundAccount>();
        var total = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            accounts.Add(new FoundAccount(rows.GetString(0), rows.GetString(1), await rows.IsDBNullAsync(2, cancellation) ? null : rows.GetString(2)));
            total = rows.GetInt64(3);
        }
        return new FoundAccounts(frame, text, accounts, total);
    }
}

/// <summary>An account that fits.</summary>
public sealed record FoundAccount(string Key, string Name, string? Region);

/// <summary>Accounts that fit a text.</summary>
/// <param name="Frame">The page they stand on.</param>
/// <param name="Text">What was looked for.</param>
/// <param name="Accounts">Those shown.</param>
/// <param name="Total">How many there are.</param>
public sealed record FoundAccounts(PageFrame Frame, string Text, IReadOnlyList<FoundAccount> Accounts, long Total)
{
    /// <summary>The account's page.</summary>
    public string Address(FoundAccount account) => Frame.Query.Carry(AccountPath.Of(account.Key));
}
