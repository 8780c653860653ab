using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary>Looks at the beginning of a file, whatever it is.</summary>
public static class SampleReader
{
    private const int MostRecords = 10_000;
    private const long MostText = 64L << 20;
    private const int MostFields = 1_000;
    private const int ShownRecords = 5;
    private const int BytesForEncoding = 8 << 20;

    // What spreadsheets and databases write for nothing.
    private static readonly HashSet<string> Nothings = new(["-", "n/a", "#n/a", "null", "(null)", "none", "nan", "\\n"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text stands for nothing in most files.</summary>
    internal static bool StandsForNothing(string text) => Nothings.Contains(text);

    /// <summary>Reads up to 10,000 records.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="name">What it was called: its ending says packing and format.</param>
    /// <param name="asked">How it is to be read; null to find out.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="SourceFileException">It is of no known format, damaged, or its header is wrong.</exception>
    public static async Task<Sample> ReadAsync(string path, string name, SourceReading? asked, CancellationToken ct)
    {
        if (!SourceFormats.IsKnown(name)) throw new SourceFileException($"{name}: expected a {SourceFormats.Expected}.");
        var start = SourceFile.Beginning(path, name, BytesForEncoding);
        var places = JsonPlaces.Of(path, name);
        var isText = !SourceFormats.IsWorkbook(path, name);
        var reading = asked ?? new SourceReading { Encoding = isText ? SourceText.GuessOf(start) : null, Records = places is [{ Length: > 0 } likely, ..] ? [likely] : [] };
        using var source = SourceFile.Open(path, name, reading);
        var tally = new SampleTally();
        var whole = true;
        string? unreadable = null;
        await foreach (var record in source.ReadAsync(_ => null, ct))
        {
            if (tally.Records == MostRecords || tally.Text > MostText)
            {
                whole = false;
                break;
            }
            if (record.Problem is { } problem) unreadable ??= $"{source.Unit} {record.Line}: {problem.Message}";
            else tally.Add(record);
            if (tally.Names.Count > MostFields) throw new SourceFileException($"{name}: has more than {MostFields} fields; expected records of one kind.");
        }
        return new Sample
        {
            Name = name,
            Format = Words(source, isText),
            Reading = reading,
            EncodingIsGuess = asked is null && reading.Encoding is not null,
            Places = places,
            Fields = tally.Fields(),
            First = [.. tally.All().Take(ShownRecords)],
            All = tally.All(),
            IsWhole = whole,
            Unreadable = unreadable,
        };
    }

    // A comma in a sentence would read as its own.
    private static string Named(char? separator) => separator switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "bars (|)",
        _ => $"“{separator}”",
    };

    private static string Words(SourceFile source, bool isText) => source.Format switch
    {
        SourceFormat.Csv => $"CSV, fields separated by {Named(source.Separator)}, {source.EncodingName}",
        SourceFormat.Json => $"JSON, {source.EncodingName}",
        SourceFormat.JsonLines => $"JSON lines, {source.EncodingName}",
        _ => isText ? source.EncodingName : "XLSX workbook",
    };
}
