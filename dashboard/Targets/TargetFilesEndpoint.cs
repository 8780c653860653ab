using System.Globalization;
using System.Text;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Targets;

/// <summary>Targets as a file, out and in.</summary>
internal static class TargetFilesEndpoint
{
    private const int MostNamed = 20;

    internal static void MapTargetFiles(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(TargetsEndpoint.Csv, SendAsync);
        pages.MapPost(TargetsEndpoint.Import, TakeAsync);
    }

    private static async Task<IResult> SendAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var targets = await TargetStore.ReadAsync(connection, frame.Query.AsOf, ct);
        await ExportLog.WriteAsync(http, frame, "targets.csv", targets.Count, ct);
        http.Response.Headers["X-Row-Count"] = targets.Count.ToString(CultureInfo.InvariantCulture);
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        byte[] file = [.. encoding.Preamble, .. encoding.GetBytes(TargetFile.Write(targets))];
        return Results.Bytes(file, "text/csv; charset=utf-8", $"targets_known-{frame.KnownAt.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}.csv");
    }

    private static async Task<IResult> TakeAsync(PageFrame frame, NpgsqlDataSource db, TargetDesk desk, IFormCollection given, CancellationToken ct)
    {
        var search = new TargetSearch(null, null, null, false);
        if (given.Files.GetFile("file") is not { Length: > 0 } file) return await TargetsEndpoint.PageAsync(frame, db, search, [], ["The file: expected one."], ct);
        await using var content = file.OpenReadStream();
        var import = await desk.ImportAsync(frame.Viewer.Name, content, ct);
        var problems = import.Rejected.SelectMany(line => line.Faults.Select(fault => $"{file.FileName} line {line.Number}: {fault}")).ToList();
        if (problems.Count > MostNamed) problems = [.. problems.Take(MostNamed), $"{Figures.Count(problems.Count - MostNamed)} more like these."];
        return await TargetsEndpoint.PageAsync(frame, db, search,
            [$"{Figures.Count(import.Changes.Count, "target", "targets")} set, {Figures.Count(import.Unchanged)} in force already, {Figures.Count(import.Rejected.Count, "line", "lines")} could not be used."], problems, ct);
    }
}
