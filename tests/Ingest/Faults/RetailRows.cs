using System.Globalization;
using System.IO.Compression;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>A row of the Online Retail set, field by field.</summary>
internal sealed record RetailRow(string[] Fields)
{
    internal const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    internal string Invoice => Fields[0];

    internal int Quantity => int.Parse(Fields[3], CultureInfo.InvariantCulture);

    internal DateTime At => DateTime.Parse(Fields[4], CultureInfo.InvariantCulture);

    internal decimal Price => decimal.Parse(Fields[5], CultureInfo.InvariantCulture);

    internal decimal Amount => Quantity * Price;

    /// <summary>What rows without an id are alike in.</summary>
    internal string Like => $"{Fields[0]}/{Fields[1]}/{Fields[3]}/{Fields[5]}";

    internal RetailRow With(int field, string value) => new([.. Fields.Index().Select(f => f.Index == field ? value : f.Item)]);

    public override string ToString() => string.Join(',', Fields.Select(f => f.AsSpan().IndexOfAny(",\"") < 0 ? f : $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
}

/// <summary>The Online Retail set, and ways of handing it in.</summary>
internal static class RetailRows
{
    /// <summary>All rows, or those of one invoice in so many.</summary>
    internal static List<RetailRow> Read(int oneInvoiceIn)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(SharedData.Path("online_retail"), "onlineretail_decoded.csv.gz")), CompressionMode.Decompress));
        // Read by a line's own quotes: no field of the set goes over two lines.
        Assert.Equal(RetailRow.Header, reader.ReadLine());
        var rows = new List<RetailRow>();
        while (reader.ReadLine() is { } line)
        {
            var row = new RetailRow(Fields(line));
            if (oneInvoiceIn == 1 || int.Parse(row.Invoice.TrimStart('A', 'C'), CultureInfo.InvariantCulture) % oneInvoiceIn == 0) rows.Add(row);
        }
        return rows;
    }

    /// <summary>Loads rows as one file of the set.</summary>
    internal static Task<Followthrough.Ingest.Loading.FileReport> LoadAsync(World world, string name, IEnumerable<RetailRow> rows) =>
        world.LoadFileAsync($"online_retail_{name}.csv", $"{RetailRow.Header}\n{string.Join('\n', rows)}\n", "online_retail");

    private static string[] Fields(string line) =>
        [.. System.Text.RegularExpressions.Regex.Matches(line, "(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))")
            .Select(m => m.Groups[1].Success ? m.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : m.Groups[2].Value)];

    /// <summary>In another order; three pairs of the set are alike and yet not the same, and nothing but their order tells them apart.</summary>
    internal static IReadOnlyList<RetailRow> Shuffled(IReadOnlyList<RetailRow> rows, Random random)
    {
        var all = rows.ToArray();
        random.Shuffle(all);
        var inOrder = rows.GroupBy(r => r.Like).ToDictionary(g => g.Key, g => new Queue<RetailRow>(g));
        return [.. all.Select(r => inOrder[r.Like].Dequeue())];
    }
}
