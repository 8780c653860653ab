using System.Globalization;
using System.Text;
using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>A locked run for the payroll office, with its control total; and all of it, for somebody who computes it again.</summary>
internal static class PayrollFiles
{
    // What a payroll program compares after it took the file over stands in every row: it outlives the file's name.
    private static Column<StatementView>[] Columns(PayRun run) =>
    [
        Column<StatementView>.Text("person", s => s.Staff),
        Column<StatementView>.Text("name", s => s.Name),
        Column<StatementView>.Text("plan", s => s.Plan),
        Column<StatementView>.Text("period", s => s.Period),
        Column<StatementView>.Text("currency", s => s.Currency),
        Column<StatementView>.Number(PayTerms.ToBePaid.Column, s => Cents(s.Payable)),
        Column<StatementView>.Number(PayTerms.Earned.Column, s => Cents(s.Own)),
        Column<StatementView>.Number(PayTerms.Earlier.Column, s => Cents(s.Adjusted)),
        Column<StatementView>.Number(PayTerms.BroughtForward.Column, s => Cents(s.CarriedIn)),
        Column<StatementView>.Number(PayTerms.CarriedForward.Column, s => Cents(s.CarriedOut)),
        Column<StatementView>.Number(PayTerms.Held.Column, s => Cents(s.Held)),
        Column<StatementView>.Text("statement_sha256", s => s.Hash),
        Column<StatementView>.Number(PayTerms.ControlTotal.Column, _ => Cents(run.ControlTotal!.Value)),
        Column<StatementView>.Number("control_rows", _ => run.ControlRows!.Value),
    ];

    internal static void MapPayrollFiles(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PayPath.Runs + "/{id:long}.csv", CsvAsync).Needs(Right.SeePay);
        pages.MapGet(PayPath.Runs + "/{id:long}.json", JsonAsync).Needs(Right.SeePay);
    }

    // With its decimals, also where they are none.
    private static decimal Cents(decimal amount) => amount + 0.00m;

    private static async Task<IResult> CsvAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, long id, CancellationToken ct)
    {
        var reader = new PayReader(db);
        if (await reader.RunAsync(frame.Who.Pay, id, ct) is not { Run: { State: PayRunState.Locked } run }) return Results.NotFound();
        var rows = await reader.StatementsAsync(frame.Who.Pay, id, null, ct);
        // What leaves the house is what was approved, to the cent and to the row.
        if (rows.Sum(r => r.Payable) != run.ControlTotal || rows.Count != run.ControlRows) throw new InvalidOperationException($"Pay run {id} does not add up to its control total.");
        http.Response.Headers["X-Control-Total"] = Cents(run.ControlTotal.Value).ToString(CultureInfo.InvariantCulture);
        var definition = new RowsDefinition("pay_run", run.Plan, run.Versions.Count > 0 ? run.Versions[^1] : 0, run.Hash![..16], FormattableString.Invariant($"payable of each; control total {run.ControlTotal} over {run.ControlRows} rows"));
        var stamp = new ExportStamp($"payroll-{run.Plan}", frame.Company.Name, frame.Query with { Period = run.Period }, definition, rows.Count, run.AsOf)
        {
            Control = FormattableString.Invariant($"control-{Cents(run.ControlTotal.Value)}"),
        };
        return await Export.SendAsync(http, frame, stamp, new CsvFile(), Columns(run), rows.ToAsyncEnumerable(), ct) ?? Results.Empty;
    }

    private static async Task<IResult> JsonAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, TimeProvider clock, AccessLog log, long id, CancellationToken ct)
    {
        if (await new PayReader(db).RunAsync(frame.Who.Pay, id, ct) is not { Run: { State: PayRunState.Locked } run }) return Results.NotFound();
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.Exported, $"{PayLog.Of(run)}.json", null, null, ct);
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = $"pay-run-{run.Plan}-{run.Period.Label}.json" }.ToString();
        return Results.Text(await PayBundle.WriteAsync(db, clock, id, ct), "application/json", Encoding.UTF8);
    }
}
