using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Exports;

/// <summary>What a file says about itself: of what, how many rows, by which filters, as known when, by which definition.</summary>
/// <param name="Subject">What the rows are, as file names say it.</param>
/// <param name="Company">Whose they are.</param>
/// <param name="Query">What was asked for.</param>
/// <param name="Definition">What they are rows of.</param>
/// <param name="Rows">How many.</param>
/// <param name="KnownAt">The moment whose knowledge they state.</param>
internal sealed record ExportStamp(string Subject, string Company, PageQuery Query, RowsDefinition Definition, long Rows, DateTimeOffset KnownAt)
{
    // Longer names some file systems refuse.
    private const int LongestName = 180;

    internal static ExportStamp Of<T>(PageFrame frame, string subject, MetricDefinition definition, AllRows<T> rows) =>
        new(subject, frame.Company.Name, frame.Query, RowsDefinition.Of(definition, rows.Definition), rows.Total, rows.AsOf);

    /// <summary>What the rows add up to, as the file's name says it; null where nothing is checked by it.</summary>
    internal string? Control { get; init; }

    internal string Filters => Query.Same("", ("period", Query.Period.Label)).TrimStart('?');

    internal string DefinitionText => string.Create(CultureInfo.InvariantCulture, $"{Definition.Id} v{Definition.Version} {Definition.Hash}");

    internal string FileName(string extension)
    {
        string?[] parts =
        [
            Subject, Query.Period.Label, Query.Team, Query.Person, Query.Account, Query.Region, Query.Segment, Query.Channel,
            Query.Status is { } status ? PageQuery.Word(status) : null, Query.Lasted?.Label, Control,
        ];
        var end = string.Create(CultureInfo.InvariantCulture, $"_{Rows}-rows_known-{KnownAt.UtcDateTime:yyyyMMdd'T'HHmm'Z'}_v{Definition.Version}-{Definition.Hash}{extension}");
        var start = string.Concat(string.Join('_', parts.Where(part => part is not null)).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '-'));
        return start[..Math.Min(start.Length, LongestName - end.Length)] + end;
    }

    /// <summary>The same in rows of two: what, and its value.</summary>
    internal IReadOnlyList<(string Name, object Value)> Lines =>
    [
        ("company", Company), ("subject", Subject), ("rows", Rows), ("period", Query.Period.Label), ("filters", Filters), ("known_at_utc", KnownAt),
        ("metric", Definition.Id), ("metric_name", Definition.Name), ("definition_version", Definition.Version), ("definition_hash", Definition.Hash), ("formula", Definition.Formula),
    ];

    internal void Onto(HttpResponse response, IExportFile file)
    {
        response.ContentType = file.ContentType;
        response.Headers["X-Row-Count"] = Rows.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-Filters"] = Filters;
        response.Headers["X-Known-At"] = Moments.Machine(KnownAt);
        response.Headers["X-Definition"] = DefinitionText;
        var name = FileName(file.Extension);
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileNameStar = name, FileName = name }.ToString();
    }
}
