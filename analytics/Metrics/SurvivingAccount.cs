using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>Under which of its keys a customer's facts are stored: links to a key that was found to be another customer's keep leading there.</summary>
public static class SurvivingAccount
{
    private static readonly string Sql = SqlText.Read(typeof(SurvivingAccount), "Metrics/SurvivingAccount.sql");

    /// <summary>The source key of the customer that a key belonged to at that moment: most often itself.</summary>
    public static async Task<string> KeyAsync(NpgsqlDataSource db, string key, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("id", AccountId.Of(key));
        command.Parameters.AddWithValue("at", at);
        return await command.ExecuteScalarAsync(ct) as string ?? key;
    }
}
