using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Access;

/// <summary>Which customers a viewer sees: those to whom he or his teams owe something, or whom they own.</summary>
internal static class AccountScope
{
    /// <summary>The condition over an account <c>a</c>, for statements that list accounts; they need <see cref="Bind"/>.</summary>
    internal static string Condition { get; } = SqlText.Read(typeof(AccountScope), "Access/AccountScope.sql");

    /// <summary>Puts the condition in the place of <c>{in_scope}</c>.</summary>
    internal static string Into(string sql) => sql.Replace("{in_scope}", Condition, StringComparison.Ordinal);

    internal static void Bind(NpgsqlCommand command, Viewer viewer)
    {
        command.Parameters.AddWithValue("viewer_teams", NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)viewer.Teams?.ToArray() ?? DBNull.Value);
        command.Parameters.AddWithValue("viewer_staff", NpgsqlDbType.Text, (object?)viewer.Staff ?? DBNull.Value);
    }

    /// <summary>The name of an account; null when there is none, or none that the viewer may see.</summary>
    internal static async Task<string?> NameAsync(NpgsqlDataSource db, Viewer viewer, string account, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Into("select name from account a where a.account_id = @id and a.source_key = @key and {in_scope}"));
        command.Parameters.AddWithValue("id", AccountId.Of(account));
        command.Parameters.AddWithValue("key", account);
        Bind(command, viewer);
        return await command.ExecuteScalarAsync(ct) as string;
    }
}
