using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Accounts;

/// <summary>A part of an account's timeline, newest first.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Account">Source key of the account.</param>
/// <param name="Sort">The one sort of events shown; null for all.</param>
/// <param name="Events">In order.</param>
/// <param name="Older">Where the next part begins; null when this is the last.</param>
public sealed record TimelineModel(PageFrame Frame, string Account, EventSort? Sort, IReadOnlyList<TimelineEvent> Events, string? Older)
{
    /// <summary>Events in a part of the list.</summary>
    internal const int OnPage = 40;

    private static readonly string Sql = SqlText.Read(typeof(TimelineModel), "Accounts/Timeline.sql");

    /// <summary>The address of the part after this one, for the page or for the part alone.</summary>
    internal string OlderAddress(bool alone) => Frame.Query.Same(
        AccountPath.Of(Account) + (alone ? "/timeline" : ""), ("event", Sort is { } sort ? PageQuery.Word(sort) : null), ("before", Older));

    internal static async Task<TimelineModel> ReadAsync(NpgsqlDataSource db, PageFrame frame, string account, EventSort? sort, string? cursor, int most, CancellationToken ct)
    {
        var before = TimelineEvent.Before(cursor);
        await using var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, frame.Viewer);
        command.Parameters.AddWithValue("id", AccountId.Of(account));
        command.Parameters.AddWithValue("event", NpgsqlDbType.Text, sort is { } s ? PageQuery.Word(s) : DBNull.Value);
        command.Parameters.AddWithValue("now", frame.Now);
        command.Parameters.AddWithValue("before", NpgsqlDbType.TimestampTz, (object?)before?.At ?? DBNull.Value);
        command.Parameters.AddWithValue("before_key", NpgsqlDbType.Text, (object?)before?.Key ?? DBNull.Value);
        command.Parameters.AddWithValue("take", (long)most + 1);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var events = new List<TimelineEvent>();
        while (await rows.ReadAsync(ct)) events.Add(TimelineEvent.Read(rows));
        return new TimelineModel(frame, account, sort, [.. events.Take(most)], events.Count > most ? events[most - 1].Cursor : null);
    }
}
