using System.Globalization;
using System.Text;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Exports;

/// <summary>Comma-separated values in UTF-8. What a file says about itself is in the answer's headers and its name: the data are only data.</summary>
internal sealed class CsvFile : IExportFile
{
    private const int BufferCharacters = 32 * 1024;

    private readonly StringBuilder _line = new();
    private StreamWriter? _writer;

    public string ContentType => "text/csv; charset=utf-8";

    public string Extension => ".csv";

    public long? MostRows => null;

    public async Task BeginAsync(Stream to, ExportStamp stamp, IReadOnlyList<string> columns, CancellationToken ct)
    {
        _writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), BufferCharacters, leaveOpen: true);
        await AddAsync(columns, ct);
    }

    public async Task AddAsync(IReadOnlyList<object?> values, CancellationToken ct)
    {
        _line.Clear();
        for (var i = 0; i < values.Count; i++) _line.Append(i == 0 ? "" : ",").Append(Cell(values[i]));
        await _writer!.WriteAsync(_line.Append("\r\n"), ct);
    }

    public async Task EndAsync(CancellationToken ct) => await _writer!.FlushAsync(ct);

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => CsvCell.Of(text),
        DateTimeOffset at => Moments.Machine(at),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"No cell holds a {value.GetType().Name}.", nameof(value)),
    };
}
