using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Access;

/// <summary>Puts on record who took which rows away, before the first of them leaves.</summary>
internal static class ExportLog
{
    internal static Task WriteAsync(HttpContext http, PageFrame frame, string what, long rows, CancellationToken ct) =>
        http.RequestServices.GetRequiredService<AccessLog>().WriteAsync(
            frame.Viewer.Name, LoggedAction.Exported,
            FormattableString.Invariant($"{what}, {rows} rows, {frame.Query.Same("", ("period", frame.Query.Period.Label)).TrimStart('?')}"), null, null, ct);
}
