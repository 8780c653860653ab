using Followthrough.Analytics.Demo;
using FactTable = Followthrough.Analytics.Facts.FactTable;

namespace Followthrough.Tests.Analytics.Demo;

public sealed class DemoCompanyTests
{
    [Fact]
    public async Task Equal_options_give_byte_identical_files()
    {
        using var first = await DemoFiles.WriteAsync(12);
        using var second = await DemoFiles.WriteAsync(12);
        var names = Directory.GetFiles(first.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(first.Folder, file)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(FactTable.All.Count + 1, names.Length);
        foreach (var name in names)
            Assert.True(Bytes(first, name).AsSpan().SequenceEqual(Bytes(second, name)), $"{name} differs between two runs.");
    }

    [Fact]
    public async Task Another_seed_gives_another_company()
    {
        using var first = await DemoFiles.WriteAsync(3);
        using var second = await DemoFiles.WriteAsync(3, seed: 7);
        Assert.False(Bytes(first, "account.csv").AsSpan().SequenceEqual(Bytes(second, "account.csv")));
    }

    [Fact]
    public async Task A_customer_has_the_same_rows_however_many_others_there_are()
    {
        using var few = await DemoFiles.WriteAsync(4);
        using var many = await DemoFiles.WriteAsync(9, scale: 3);
        foreach (var table in FactTable.All)
        {
            // The smaller company's files are how the larger one's begin, because customers are written one after the other.
            var start = Bytes(few, table.Name + ".csv");
            Assert.True(Bytes(many, table.Name + ".csv").AsSpan().StartsWith(start), $"{table} depends on the number of customers.");
        }
    }

    [Fact]
    public async Task A_company_without_scale_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => DemoFiles.WriteAsync(null, scale: 0));

    [Fact]
    public async Task Writing_stops_when_cancelled()
    {
        var folder = Directory.CreateTempSubdirectory("demo-company-").FullName;
        using var source = new CancellationTokenSource();
        var progress = new StopAtOnce(source);
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            DemoCompany.WriteAsync(new DemoOptions { Anchor = DemoFiles.Anchor }, folder, progress, source.Token));
        Assert.Equal(1.0 / 900, progress.Last, 6);
        Directory.Delete(folder, recursive: true);
    }

    private static byte[] Bytes(DemoFiles demo, string name) => File.ReadAllBytes(Path.Combine(demo.Folder, name));

    private sealed class StopAtOnce(CancellationTokenSource source) : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value)
        {
            Last = value;
            source.Cancel();
        }
    }
}
