using System.Text;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>Lines of JSON that never end, and line ends of every kind at every place.</summary>
public sealed class LongLineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_of_a_hundred_megabytes_refuses_the_file_before_it_fills_the_memory()
    {
        await using var world = await World.CreateAsync();
        var path = Path.Combine(world.NewFolder(), "staff.jsonl");
        await using (var file = new StreamWriter(path))
        {
            await file.WriteAsync("{\"source_key\":\"hr:1\",\"occurred_at\":\"2026-03-02T10:00Z\",\"name\":\"Ann\"}\n{\"name\":\"");
            for (var megabyte = 0; megabyte < 100; megabyte++) await file.WriteAsync(new string('x', 1 << 20));
        }
        var before = GC.GetTotalAllocatedBytes();

        var report = Assert.Single((await world.LoadPathAsync(path)).Files);

        Assert.Equal((FileOutcome.Failed, "staff.jsonl line 2: is longer than 32 MB; expected one record a line."), (report.Outcome, Assert.Single(report.Problems)));
        Assert.Equal(0, await world.CountAsync("select count(*) from staff"));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 400L << 20);
    }

    [Fact]
    public async Task Lines_are_those_that_the_framework_reads()
    {
        var random = new Random(20260920);
        string[] pieces = ["a", "bc", "\n", "\r", "\r\n", new string('d', (1 << 15) - 1), new string('e', 1 << 15)];
        for (var n = 0; n < 300; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var expected = new List<string>();
            using (var reader = new StringReader(text))
                while (await reader.ReadLineAsync(Cancellation) is { } line) expected.Add(line);

            using var stream = new StreamReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(expected, await BoundedLines.ReadAsync(stream, "x", Cancellation).ToListAsync(Cancellation));
        }
    }
}
