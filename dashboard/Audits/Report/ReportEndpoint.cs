using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>The audit pack of a quarter: its report on screen and on paper.</summary>
internal static class ReportEndpoint
{
    internal static void MapReport(this IEndpointRouteBuilder pages)
    {
        // All teams and all figures: for those who see them all.
        pages.MapGet(AuditsEndpoint.Quarter + "/report", async (PageFrame frame, string quarter, ReportReader reader, CancellationToken cancellation) =>
            await reader.ReadAsync(frame, quarter, cancellation) is { } model ? Screen.Of<ReportPage>(model) : Results.NotFound()).Needs(Right.Data);
        pages.MapGet(AuditsEndpoint.Quarter + "/pack.pdf", PrintAsync).Needs(Right.Data);
    }

    /// <summary>What a pack's file is called: the quarter, and which edition or that it is none.</summary>
    internal static string NameOf(ReportModel model) =>
        model.Edition is { } edition ? $"{edition.Period.Label}_{edition.Number}_{edition.Hash[..12]}" : $"{model.Quarter.Period.Label}_draft";

    private static async Task<IResult> PrintAsync(PageFrame frame, string quarter, ReportReader reader, PdfPrinter printer, AccessLog log, CancellationToken cancellation)
    {
        if (await reader.ReadAsync(frame, quarter, cancellation) is not { } model) return Results.NotFound();
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.Exported, $"audit pack of {model.Edition?.Name ?? quarter}, printed", null, model.Edition?.Hash, cancellation);
        var head = $"{frame.Company.Name} · {PeriodNames.Name(model.Quarter.Period)}{(model.Edition is { } edition ? $" · {edition.Hash[..12]}" : " · draft, not closed")}";
        return await printer.PrintAsync<ReportPage>(model, $"{NameOf(model)}.pdf", cancellation, head);
    }
}
