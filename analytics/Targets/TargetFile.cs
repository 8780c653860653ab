using System.Globalization;
using System.Text;
using CsvHelper;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Targets;

/// <summary>A line of a file of targets: a target, or what is wrong with it.</summary>
/// <param name="Number">Line in the file, the header being the first.</param>
/// <param name="Target">Null when the line cannot be used.</param>
/// <param name="Faults">What is wrong, in words; none when it can be used.</param>
internal sealed record TargetLine(long Number, MetricTarget? Target, IReadOnlyList<string> Faults);

/// <summary>Targets as a file of comma-separated values: what is written out reads back the same.</summary>
internal static class TargetFile
{
    private const int LongestRecord = 1 << 20;

    /// <summary>The columns, in their order; last_day is the last day it is in force.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["metric", "team", "person", "from_day", "last_day", "threshold", "target", "stretch"];

    /// <summary>The whole file, ordered by metric, scope and day.</summary>
    public static string Write(IEnumerable<MetricTarget> targets)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append("\r\n");
        foreach (var t in targets.OrderBy(t => t.Metric, StringComparer.Ordinal).ThenBy(t => t.Scope.Team, StringComparer.Ordinal).ThenBy(t => t.Scope.Staff, StringComparer.Ordinal).ThenBy(t => t.From))
            text.AppendJoin(',', Cells(t)).Append("\r\n");
        return text.ToString();
    }

    /// <summary>Reads every line. A header without the columns gives one line, the first, with that fault.</summary>
    public static async Task<IReadOnlyList<TargetLine>> ReadAsync(TextReader file, CancellationToken ct)
    {
        var lines = new List<TargetLine>();
        await using var csv = CsvReader.Create(
            file, new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Allow, MaxRecordSize = LongestRecord }, leaveOpen: true);
        try
        {
            await csv.ReadHeaderAsync(ct);
            string[] header = [.. csv.Headers.Select(name => name.Trim().TrimStart('\ufeff'))];
            if (HeaderFault(header) is { } fault) return [new TargetLine(1, null, [fault])];
            while (await csv.ReadAsync(ct)) lines.Add(Line(csv.LineNumber, header, csv.Current.ToArray()));
        }
        catch (CsvFormatException broken)
        {
            lines.Add(new TargetLine(broken.LineNumber, null, ["the record that begins here is not closed; expected every quote closed."]));
        }
        return lines;
    }

    private static IEnumerable<string> Cells(MetricTarget target) =>
    [
        CsvCell.Of(target.Metric), CsvCell.Of(target.Scope.Team), CsvCell.Of(target.Scope.Staff), TargetRules.Day(target.From), target.To is { } to ? TargetRules.Day(to.AddDays(-1)) : "",
        // A number is no text: a minus sign begins no formula that does anything.
        Number(target.Points.Threshold), Number(target.Points.Target), Number(target.Points.Stretch),
    ];

    private static string Number(decimal? number) => number is { } n ? WrittenUnit.Text(n) : "";

    private static string? HeaderFault(string[] header)
    {
        if (Columns.Where(column => !header.Contains(column)).ToList() is { Count: > 0 } missing)
            return $"the header has no {string.Join(", ", missing)}; expected the columns {string.Join(", ", Columns)}, separated by commas.";
        return header.GroupBy(name => name).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"the column {twice.Key} stands twice; expected each once." : null;
    }

    private static TargetLine Line(long number, string[] header, string[] values)
    {
        if (values.Length != header.Length) return new TargetLine(number, null, [$"has {values.Length} fields; expected {header.Length} as in the header."]);
        var faults = new List<string>();
        string Text(string column) => CsvCell.Back(values[Array.IndexOf(header, column)].Trim());
        string? Key(string column) => Text(column) is { Length: > 0 } key ? key : null;
        DateOnly? Day(string column)
        {
            if (DateOnly.TryParseExact(Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            if (Text(column).Length > 0 || column == "from_day") faults.Add($"{column} “{Text(column)}”: expected a day like 2026-01-01{(column == "from_day" ? "" : ", or nothing")}.");
            return null;
        }
        decimal? Amount(string column)
        {
            var written = values[Array.IndexOf(header, column)].Trim();
            if (WrittenUnit.Read(written) is { } amount) return amount;
            if (written.Length > 0 || column == "target") faults.Add($"{column} “{written}”: expected a number like 95 or 12.5{(column == "target" ? "" : ", or nothing")}.");
            return null;
        }
        var (from, last, threshold, target, stretch) = (Day("from_day"), Day("last_day"), Amount("threshold"), Amount("target"), Amount("stretch"));
        if (faults.Count > 0) return new TargetLine(number, null, faults);
        var read = new MetricTarget
        {
            Metric = Text("metric"),
            Scope = new TargetScope(Key("team"), Key("person")),
            From = from!.Value,
            To = last is { } day && day < DateOnly.MaxValue ? day.AddDays(1) : null,
            Points = new TargetPoints(threshold, target!.Value, stretch),
        };
        return TargetRules.Faults(read).ToList() is { Count: > 0 } wrong ? new TargetLine(number, null, wrong) : new TargetLine(number, read, []);
    }
}
