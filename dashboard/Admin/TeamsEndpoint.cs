using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>The teams and calendars that figures use, as the sources gave them; they are changed there.</summary>
internal static class TeamsEndpoint
{
    internal const string Path = AdminEndpoint.Path + "/teams";
    internal const string Calendars = AdminEndpoint.Path + "/calendars";

    private const string Source = AdminEndpoint.Path + "/source";

    private static readonly string SourceSql = SqlText.Read(typeof(TeamsEndpoint), "Admin/ReferenceSource.sql");

    /// <summary>The address of the record that a reference fact came from.</summary>
    internal static string SourceOf(string fact, string key) => $"{Source}/{fact}/{CommitmentPath.Encode(key)}";

    internal static void MapTeams(this IEndpointRouteBuilder pages)
    {
        var data = pages.MapGroup("").Needs(Right.Data);
        data.MapGet(Path, async (PageFrame frame, NpgsqlDataSource db, bool? ended, CancellationToken ct) =>
            Screen.Of<TeamsPage>(new TeamsModel(frame, ended == true, await TeamRow.ReadAsync(db, frame.Now, ended == true, ct))));
        data.MapGet(Calendars, async (PageFrame frame, NpgsqlDataSource db, CancellationToken ct) =>
            Screen.Of<CalendarsPage>(new CalendarsModel(frame, await CalendarRow.ReadAsync(db, ct))));
        data.MapGet(Source + "/{fact}/{key}", SourceAsync);
    }

    private static async Task<IResult> SourceAsync(PageFrame frame, NpgsqlDataSource db, KeptFiles files, string fact, string key, CancellationToken ct)
    {
        if (FactTable.Find(fact) is not { HasAccount: false } table || CommitmentPath.Decode(key) is not { } k) return Results.NotFound();
        await using var command = db.CreateCommand(SourceSql.Replace("{fact}", table.Name, StringComparison.Ordinal));
        command.Parameters.AddWithValue(k);
        await using var found = await command.ExecuteReaderAsync(ct);
        if (!await found.ReadAsync(ct)) return Results.NotFound();
        return Screen.Of<SourceRecord>(await SourceRecordModel.ReadAsync(files, found, frame.Who, ct));
    }
}

/// <summary>What the teams' page draws; ended memberships too when <paramref name="Ended"/>.</summary>
public sealed record TeamsModel(PageFrame Frame, bool Ended, IReadOnlyList<TeamRow> Teams);

/// <summary>What the calendars' page draws.</summary>
public sealed record CalendarsModel(PageFrame Frame, IReadOnlyList<CalendarRow> Calendars);
