using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Audits.Projects;
using Followthrough.Dashboard.Audits.Report;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Audits;

/// <summary>Closed quarters: which there are, how one is closed, what was reported of it and what is known of it now.</summary>
internal static class AuditsEndpoint
{
    internal const string Path = "/audits";
    internal const string VerifyPath = Path + "/verify";
    internal const string Quarter = Path + "/quarters/{quarter}";

    private const string UsualMetric = "respond_24h";

    internal static void MapAudits(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, async (PageFrame frame, ClosingDesk desk, CancellationToken cancellation) =>
            Screen.Of<AuditsPage>(new AuditsModel(frame, await QuarterLine.ReadAsync(desk, frame.Company, frame.Editions, frame.Today, cancellation))));
        pages.MapGet(Quarter, async (PageFrame frame, string quarter, string? metric, QuarterReader reader, CancellationToken cancellation) =>
            await reader.ReadAsync(frame, quarter, metric ?? UsualMetric, cancellation) is { } model ? Screen.Of<QuarterPage>(model) : Results.NotFound());
        pages.MapPost(Quarter + "/sign", SignAsync).Needs(Right.Close);
        pages.MapPost(Quarter + "/second", SecondAsync).Needs(Right.Close);
        pages.MapPost(Quarter + "/withdraw", WithdrawAsync).Needs(Right.Close);
        // All rows of all customers, and what audits found: for those who see both.
        pages.MapGet(Quarter + "/bundle", BundleAsync).Needs(Right.Audit);
        pages.MapReport();
        pages.MapVerify();
        pages.MapProjectAudits();
    }

    /// <summary>The field in which a check is overridden.</summary>
    internal static string FieldOf(Check check) => $"override_{check}";

    internal static string PathOf(string quarter) => $"{Path}/quarters/{Uri.EscapeDataString(quarter)}";

    private static Task<IResult> SignAsync(
        PageFrame frame, HttpContext http, string quarter, [FromForm] string? reason, QuarterReader reader, QuarterSigning signing, CancellationToken cancellation) =>
        DoAsync(frame, quarter, reader, async period =>
        {
            var form = await http.Request.ReadFormAsync(cancellation);
            var overrides = Enum.GetValues<Check>().ToDictionary(check => check, check => form[FieldOf(check)].ToString());
            await signing.FirstAsync(frame.Who, period, reason, overrides, cancellation);
        }, cancellation, () => http.Request.Form.ToDictionary(field => field.Key, field => field.Value.ToString()));

    private static Task<IResult> SecondAsync(PageFrame frame, string quarter, QuarterReader reader, QuarterSigning signing, CancellationToken cancellation) =>
        DoAsync(frame, quarter, reader, period => signing.SecondAsync(frame.Who, period.Label, cancellation), cancellation);

    private static Task<IResult> WithdrawAsync(PageFrame frame, string quarter, QuarterReader reader, QuarterSigning signing, CancellationToken cancellation) =>
        DoAsync(frame, quarter, reader, period => signing.WithdrawAsync(frame.Who, period.Label, cancellation), cancellation);

    private static async Task<IResult> DoAsync(PageFrame frame, string quarter, QuarterReader reader, Func<Period, Task> act, CancellationToken cancellation, Func<Dictionary<string, string>>? typed = null)
    {
        if (QuarterReader.PeriodOf(frame, quarter) is not { } period) return Results.NotFound();
        try
        {
            await act(period);
            return Results.LocalRedirect(PathOf(quarter));
        }
        catch (ClosingException refused)
        {
            var model = await reader.ReadAsync(frame, quarter, UsualMetric, cancellation);
            return Screen.Of<QuarterPage>(model! with { Problem = refused.Message, Typed = typed?.Invoke() ?? [] }, StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> BundleAsync(PageFrame frame, string quarter, NpgsqlDataSource db, AccessLog log, CancellationToken cancellation)
    {
        if (frame.Editions.Of(quarter) is not { } edition) return Results.NotFound();
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.Exported, $"bundle of {edition.Name}", null, edition.Hash, cancellation);
        // Written whole before the first byte is sent: half a bundle is none.
        var file = SetAside.Open();
        await new BundleWriter(db).WriteAsync(edition, file, cancellation);
        file.Position = 0;
        return Results.File(file, "application/zip", $"{edition.Period.Label}_{edition.Number}_{edition.Hash[..12]}.zip");
    }
}
