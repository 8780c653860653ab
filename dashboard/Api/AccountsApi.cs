using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Api;

/// <summary>The accounts that the viewer may see. An account of others is answered as one that is not there.</summary>
internal static class AccountsApi
{
    private static readonly string Sql = AccountScope.Into(SqlText.Read(typeof(AccountsApi), "Api/Accounts.sql"));

    internal static void MapAccountsApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", ListAsync).Takes(ApiParameter.Paging).Gives<Listing<AccountAnswer>>("Accounts");
        api.MapGet("/accounts/{key}", ShowAsync).Takes().Gives<AccountAnswer>("One account; other characters of its key than letters, digits and - _ : are written ~ and two hexadecimal digits");
    }

    private static async Task<IResult> ListAsync(ApiRequest request, NpgsqlDataSource db, CancellationToken cancellation)
    {
        var (accounts, total) = await ReadAsync(request, db, null, cancellation);
        return Results.Ok(Paged.Of(request, accounts, total, account => Paged.Keyed(account.Key)));
    }

    private static async Task<IResult> ShowAsync(ApiRequest request, NpgsqlDataSource db, string key, CancellationToken cancellation) =>
        CommitmentPath.Decode(key) is { } found && (await ReadAsync(request, db, found, cancellation)).Accounts is [var account] ? Results.Ok(account) : Results.NotFound();

    private static async Task<(List<AccountAnswer> Accounts, long Total)> ReadAsync(ApiRequest request, NpgsqlDataSource db, string? key, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("after", NpgsqlDbType.Text, (object?)request.After?.Key ?? DBNull.Value);
        command.Parameters.AddWithValue("key", NpgsqlDbType.Text, (object?)key ?? DBNull.Value);
        command.Parameters.AddWithValue("most", request.Size + 1);
        AccountScope.Bind(command, request.Who.Viewer);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var accounts = new List<AccountAnswer>();
        var total = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            accounts.Add(Row(rows));
            total = rows.GetInt64(4);
        }
        return (accounts, total);
    }

    private static AccountAnswer Row(NpgsqlDataReader row)
    {
        var key = row.GetString(0);
        return new AccountAnswer(
            key, row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
            $"{ApiEndpoint.Path}/accounts/{CommitmentPath.Encode(key)}", $"{ApiEndpoint.Path}/commitments?account={Uri.EscapeDataString(key)}");
    }
}
