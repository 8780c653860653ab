using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;

namespace Followthrough.Analytics.Churn;

/// <summary>A table of one's own to learn from: CSV with a header, a row for each customer, one column saying who left.</summary>
internal static class LabelledFile
{
    private static readonly string[] Yes = ["1", "yes", "true", "churned", "left"];
    private static readonly string[] No = ["0", "no", "false", "stayed", "retained"];

    /// <summary>Reads it. A column in which each value that is there is a number is one; all others are categories. Blank is unknown.</summary>
    /// <exception cref="ChurnException">A column is missing, or a label cannot be told.</exception>
    public static async Task<(LabelledTable Table, string Sha256)> ReadAsync(string path, string label, IReadOnlyCollection<string> leftOut, CancellationToken ct)
    {
        var bytes = await File.ReadAllBytesAsync(path, ct);
        var (header, rows) = Rows(bytes, path);
        foreach (var name in leftOut.Append(label))
            if (!header.Contains(name)) throw new ChurnException($"{Path.GetFileName(path)} has no column '{name}'; it has {string.Join(", ", header)}.");
        var columns = header.Select((name, i) => (name, i)).Where(c => c.name != label && !leftOut.Contains(c.name)).Select(c => Column(c.name, rows, c.i)).ToList();
        var at = Array.IndexOf(header, label);
        var left = rows.Select((row, i) => IsYes(row[at], label, i + 2)).ToArray();
        return (new LabelledTable
        {
            Features = new FeatureTable(columns, [.. Enumerable.Range(0, rows.Count).Select(i => (long)i)]),
            Left = left,
            Cuts = new int[left.Length],
            CutNames = ["all rows"],
            Segments = new string?[left.Length],
        }, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static (string[] Header, List<string[]> Rows) Rows(byte[] bytes, string path)
    {
        using var text = new StreamReader(new MemoryStream(bytes));
        using var csv = CsvReader.Create(text, new CsvReaderOptions { Separator = ',' }, leaveOpen: true);
        csv.ReadHeader();
        string[] header = [.. csv.Headers.ToArray()];
        if (header.Distinct().Count() < header.Length) throw new ChurnException($"{Path.GetFileName(path)} has two columns of one name.");
        var rows = new List<string[]>();
        while (csv.Read()) rows.Add([.. Enumerable.Range(0, header.Length).Select(csv.GetString)]);
        return (header, rows);
    }

    private static TableColumn Column(string name, List<string[]> rows, int at)
    {
        var texts = rows.Select(r => r[at].Trim() is { Length: > 0 } text ? text : null).ToArray();
        var numbers = new float[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is null) numbers[i] = float.NaN;
            else if (!float.TryParse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])) return new TableColumn(name, null, texts);
        }
        return new TableColumn(name, numbers, null);
    }

    private static bool IsYes(string text, string label, int line)
    {
        var word = text.Trim().ToLowerInvariant();
        if (Yes.Contains(word)) return true;
        if (No.Contains(word)) return false;
        throw new ChurnException($"Line {line}: '{text}' in '{label}' says neither that the customer left ({string.Join(", ", Yes)}) nor that it stayed ({string.Join(", ", No)}).");
    }
}
