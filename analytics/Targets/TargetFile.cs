using System.Text;
using CsvHelper;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Targets;

/// <summary>A line of a file of targets: a target, or what is wrong with it.</summary>
/// <param name="Number">Line in the file, the header being the first.</param>
/// <param name="Target">Null when the line cannot be used.</param>
/// <param name="Faults">What is wrong, in words; none when it can be used.</param>
internal sealed record TargetFileLine(long Number, MetricTarget? Target, IReadOnlyList<string> Faults);

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
            text.AppendJoin(',', Cells(TargetText.Of(t))).Append("\r\n");
        return text.ToString();
    }

    /// <summary>Reads every line. A header without the columns gives one line, the first, with that fault.</summary>
    public static async Task<IReadOnlyList<TargetFileLine>> ReadAsync(TextReader file, CancellationToken ct)
    {
        var lines = new List<TargetFileLine>();
        await using var csv = CsvReader.Create(
            file, new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Allow, MaxRecordSize = LongestRecord }, leaveOpen: true);
        try
        {
            await csv.ReadHeaderAsync(ct);
            string[] header = [.. csv.Headers.Select(name => name.Trim().TrimStart('\ufeff'))];
            if (HeaderFault(header) is { } fault) return [new TargetFileLine(1, null, [fault])];
            while (await csv.ReadAsync(ct)) lines.Add(Line(csv.LineNumber, header, csv.Current.ToArray()));
        }
        catch (CsvFormatException broken)
        {
            lines.Add(new TargetFileLine(broken.LineNumber, null, ["the record that begins here is not closed; expected every quote closed."]));
        }
        return lines;
    }

    private static IEnumerable<string> Cells(TargetText t) =>
        // A number is no text: a minus sign begins no formula that does anything.
        [CsvCell.Of(t.Metric), CsvCell.Of(t.Team), CsvCell.Of(t.Person), t.From, t.Last, t.Threshold, t.Target, t.Stretch];

    private static string? HeaderFault(string[] header)
    {
        if (Columns.Where(column => !header.Contains(column)).ToList() is { Count: > 0 } missing)
            return $"the header has no {string.Join(", ", missing)}; expected the columns {string.Join(", ", Columns)}, separated by commas.";
        return header.GroupBy(name => name).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"the column {twice.Key} stands twice; expected each once." : null;
    }

    private static TargetFileLine Line(long number, string[] header, string[] values)
    {
        if (values.Length != header.Length) return new TargetFileLine(number, null, [$"has {values.Length} fields; expected {header.Length} as in the header."]);
        string Cell(string column) => values[Array.IndexOf(header, column)].Trim();
        string Text(string column) => CsvCell.Back(Cell(column));
        var (target, faults) = new TargetText
        {
            Metric = Text("metric"),
            Team = Text("team"),
            Person = Text("person"),
            From = Text("from_day"),
            Last = Text("last_day"),
            Threshold = Cell("threshold"),
            Target = Cell("target"),
            Stretch = Cell("stretch"),
        }.Read();
        return new TargetFileLine(number, target, faults);
    }
}
