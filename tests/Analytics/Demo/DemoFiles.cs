using System.Text.Json;
using CsvHelper;
using Followthrough.Analytics.Demo;
using FactTable = Followthrough.Analytics.Facts.FactTable;

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>A demo company written to a folder of its own, read back as text.</summary>
public sealed class DemoFiles : IDisposable
{
    public static readonly DateOnly Anchor = new(2026, 3, 15);

    private DemoFiles(string folder, DemoSummary summary) => (Folder, Summary) = (folder, summary);

    public string Folder { get; }

    public DemoSummary Summary { get; }

    public static async Task<DemoFiles> WriteAsync(int? accounts, int seed = 2117, int scale = 1)
    {
        var folder = Directory.CreateTempSubdirectory("demo-company-").FullName;
        var options = new DemoOptions { Seed = seed, Anchor = Anchor, Scale = scale, AccountCount = accounts };
        return new DemoFiles(folder, await DemoCompany.WriteAsync(options, folder, null, TestContext.Current.CancellationToken));
    }

    public IEnumerable<IReadOnlyDictionary<string, string>> Rows(string table)
    {
        using var csv = CsvReader.FromFile(Path.Combine(Folder, table + ".csv"));
        csv.ReadHeader();
        var header = csv.Headers.ToArray();
        Assert.Equal(FactTable.Find(table)!.Columns.Select(c => c.Name), header);
        while (csv.Read()) yield return Enumerable.Range(0, header.Length).ToDictionary(i => header[i], csv.GetString);
    }

    public JsonElement Truth() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "truth", "truth.json"))).RootElement;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
