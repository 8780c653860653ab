using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Accounts;

/// <summary>What the filters of the list of accounts offer, each by name.</summary>
public sealed record AccountChoices(
    IReadOnlyList<FilterChoice> Segments, IReadOnlyList<FilterChoice> Regions, IReadOnlyList<FilterChoice> Owners, IReadOnlyList<FilterChoice> Teams)
{
    private static readonly string Sql = AccountScope.Into(SqlText.Read(typeof(AccountChoices), "Accounts/AccountChoices.sql"));

    internal static async Task<AccountChoices> ReadAsync(NpgsqlDataSource db, PageFrame frame, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, frame.Viewer);
        command.Parameters.AddWithValue("now", frame.Now);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var choices = new List<(string Of, FilterChoice Choice)>();
        while (await rows.ReadAsync(ct)) choices.Add((rows.GetString(0), new FilterChoice(rows.GetString(1), rows.GetString(2))));
        return new AccountChoices(Of("segment"), Of("region"), Of("owner"), Of("team"));

        List<FilterChoice> Of(string what) => [.. choices.Where(c => c.Of == what).Select(c => c.Choice)];
    }
}
