using System.Security.Claims;
using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Dashboard.Access;

/// <summary>What nearly every request behind the sign-in needs, read at once.</summary>
/// <param name="Who">Who asks.</param>
/// <param name="Company">Of which company.</param>
/// <param name="Version">Of the data that answers rest on.</param>
internal sealed record Standing(SignedIn Who, Company Company, string Version)
{
    /// <summary>Null for whom <see cref="SignedIn.Command"/> finds nobody.</summary>
    internal static async Task<Standing?> ReadAsync(NpgsqlDataSource db, ClaimsPrincipal user, CancellationToken ct)
    {
        if (SignedIn.Command(user) is not { } who) return null;
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { who, new(Company.Sql), new(DataVersion.Now) } };
        await batch.PrepareAsync(ct);
        await using var row = await batch.ExecuteReaderAsync(ct);
        if (await SignedIn.ReadAsync(row, ct) is not { } signedIn) return null;
        await row.NextResultAsync(ct);
        var company = await Company.ReadAsync(row, ct);
        await row.NextResultAsync(ct);
        await row.ReadAsync(ct);
        return new Standing(signedIn, company, row.GetString(0));
    }
}
