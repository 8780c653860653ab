using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>What the filters of a list offer.</summary>
/// <param name="Teams">Teams by name.</param>
/// <param name="People">People by name.</param>
/// <param name="AccountName">Name of the account filtered by; null without one or when there is no such account.</param>
public sealed record FilterChoices(IReadOnlyList<FilterChoice> Teams, IReadOnlyList<FilterChoice> People, string? AccountName)
{
    private static readonly string Sql = SqlText.Read(typeof(FilterChoices), "Commitments/FilterChoices.sql");

    internal static async Task<FilterChoices> ReadAsync(NpgsqlDataSource db, string? account, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var choices = new List<(string Choice, FilterChoice Value)>();
        while (await rows.ReadAsync(cancellation))
            choices.Add((rows.GetString(0), new FilterChoice(rows.GetString(1), rows.GetString(2))));
        return new FilterChoices(
            [.. choices.Where(c => c.Choice == "team").Select(c => c.Value)],
            [.. choices.Where(c => c.Choice == "person").Select(c => c.Value)],
            account is null ? null : await AccountNameAsync(db, account, cancellation));
    }

    private static async Task<string?> AccountNameAsync(NpgsqlDataSource db, string account, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("select name from account where account_id = $1 and source_key = $2");
        command.Parameters.AddWithValue(AccountId.Of(account));
        command.Parameters.AddWithValue(account);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }
}

/// <summary>One thing to filter by.</summary>
public sealed record FilterChoice(string Key, string Name);
