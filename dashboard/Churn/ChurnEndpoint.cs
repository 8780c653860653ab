using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>Who may leave: the viewer's own customers by the newest scoring, and what the model behind it is worth.</summary>
internal static class ChurnEndpoint
{
    internal const string Path = "/churn";

    internal static void MapChurn(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ShowAsync);
        MapExport(pages, ".csv", () => new CsvFile());
        MapExport(pages, ".xlsx", () => new XlsxFile());
        pages.MapModel();
        pages.MapCallLists();
    }

    private static async Task<IResult> ShowAsync(PageFrame asked, HttpContext http, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation)
    {
        var (own, frame) = RisksAsked.Read(asked, http.Request.Query);
        if (frame.Problems.Count > 0) return Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest);
        var size = frame.Query.Size;
        var scoring = await new ChurnScores(db).LatestAsync(frame.Query.AsOf, cancellation);
        var (lines, totals) = scoring is null ? ([], RiskTotals.None)
            : await RiskList.ReadAsync(db, own.Of(scoring, frame) with { Skip = (frame.Query.Page - 1) * size, Take = size }, cancellation);
        // A page past the end, from an old link: the first.
        if (lines.Count == 0 && frame.Query.Page > 1) return Results.LocalRedirect(frame.Query.Same(Path, ("page", null), ("size", $"{size}")));
        return Screen.Of<RisksPage>(new RisksModel
        {
            Frame = frame,
            Asked = own,
            Scoring = scoring,
            HasModel = scoring is not null || await new ChurnRegistry(db, clock).ChampionAsync(ChurnTraining.Accounts, cancellation) is not null,
            Lines = lines,
            Totals = totals,
            Choices = await AccountChoices.ReadAsync(db, frame, cancellation),
        });
    }

    private static void MapExport(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file) =>
        pages.MapGet(Path + extension, (PageFrame frame, HttpContext http, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation) =>
            ExportAsync(frame, http, db, clock, file(), cancellation));

    private static async Task<IResult> ExportAsync(
        PageFrame asked, HttpContext http, NpgsqlDataSource db, TimeProvider clock, IExportFile file, CancellationToken cancellation)
    {
        var (own, frame) = RisksAsked.Read(asked, http.Request.Query);
        if (frame.Problems.Count > 0) return Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest);
        if (await new ChurnScores(db).LatestAsync(frame.Query.AsOf, cancellation) is not { } scoring) return Results.NotFound();
        var model = (await new ChurnRegistry(db, clock).FindAsync(scoring.ModelId, cancellation))!;
        IResult? refusal = null;
        await RiskList.UseAsync(db, own.Of(scoring, frame), async (totals, rows) =>
        {
            var stamp = new ExportStamp("churn-risk", frame.Company.Name, frame.Query, RiskColumns.Definition(scoring, model), totals.Accounts, scoring.AsOf);
            refusal = await Export.SendAsync(http, frame, stamp, file, RiskColumns.All, rows, cancellation);
        }, cancellation);
        return refusal ?? Results.Empty;
    }
}
