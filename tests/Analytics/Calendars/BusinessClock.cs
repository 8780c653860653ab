using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Calendars;

/// <summary>Asks the database's business time, one question or many at once.</summary>
internal static class BusinessClock
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Loads calendars and lays them out.</summary>
    internal static async Task LayOutAsync(this World world, params Fact[] facts)
    {
        await world.LoadAsync(facts);
        await world.RefreshAsync();
    }

    internal static async Task<long?> SecondsAsync(this World world, string calendar, string from, string to) =>
        (await world.SecondsAsync(calendar, [(Given.At(from), Given.At(to))]))[0];

    /// <summary>Due in ISO form and UTC, null beyond the layout.</summary>
    internal static async Task<string?> DueAsync(this World world, string calendar, string from, double hours) =>
        (await world.DeadlinesAsync(calendar, [(Given.At(from), (long)(hours * 3600))]))[0]?.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static async Task<IReadOnlyList<long?>> SecondsAsync(this World world, string calendar, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> spans) =>
        await ListAsync<long>(world, "select business_seconds($1, a, b) from unnest($2, $3) with ordinality q (a, b, n) order by n",
            calendar, spans.Select(s => s.From).ToArray(), spans.Select(s => s.To).ToArray());

    internal static async Task<IReadOnlyList<DateTimeOffset?>> DeadlinesAsync(this World world, string calendar, IReadOnlyList<(DateTimeOffset From, long Seconds)> starts) =>
        await ListAsync<DateTimeOffset>(world, "select business_deadline($1, a, x) from unnest($2, $3) with ordinality q (a, x, n) order by n",
            calendar, starts.Select(s => s.From).ToArray(), starts.Select(s => s.Seconds).ToArray());

    private static async Task<IReadOnlyList<T?>> ListAsync<T>(World world, string sql, params object[] values) where T : struct
    {
        await using var command = world.Database.DataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var answers = new List<T?>();
        while (await reader.ReadAsync(Ct)) answers.Add(reader.IsDBNull(0) ? null : reader.GetFieldValue<T>(0));
        return answers;
    }
}
