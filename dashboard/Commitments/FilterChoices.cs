using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Commitments;

/// <summary>What the filters of a list offer.</summary>
/// <param name="Teams">Teams by name.</param>
/// <param name="People">People by name.</param>
/// <param name="AccountName">Name of the account filtered by; null without one or when there is none that the viewer may see.</param>
public sealed record FilterChoices(IReadOnlyList<FilterChoice> Teams, IReadOnlyList<FilterChoice> People, string? AccountName)
{
    private static readonly string Sql = SqlText.Read(typeof(FilterChoices), "Commitments/FilterChoices.sql");

    internal static async Task<FilterChoices> ReadAsync(NpgsqlDataSource db, Viewer viewer, string? account, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = (object?)viewer.Teams?.ToArray() ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)viewer.Staff ?? DBNull.Value });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var choices = new List<(string Choice, FilterChoice Value)>();
        while (await rows.ReadAsync(cancellation))
            choices.Add((rows.GetString(0), new FilterChoice(rows.GetString(1), rows.GetString(2))));
        return new FilterChoices(
            [.. choices.Where(c => c.Choice == "team").Select(c => c.Value)],
            [.. choices.Where(c => c.Choice == "person").Select(c => c.Value)],
            account is null ? null : await AccountScope.NameAsync(db, viewer, account, cancellation));
    }
}

/// <summary>One thing to filter by.</summary>
public sealed record FilterChoice(string Key, string Name);
