using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>Facts sent to a topic and read from it are the facts of the files.</summary>
public sealed class PublishTests
{
    private const string Topic = "facts";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_published_and_read_equals_what_is_loaded()
    {
        await using var loaded = await World.CreateAsync();
        await using var read = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic, partitions: 3);
        var folder = loaded.NewFolder();
        Fact[] facts =
        [
            Given.Staff("hr:1"), .. Given.WorkingWeek("cal", "Europe/Berlin"),
            .. Enumerable.Range(0, 40).Select(i => Given.Account($"crm:{i}", name: $"Müller \"{i}\" — 東京")),
            .. Enumerable.Range(0, 1_500).Select(i => Given.Outbound($"crm:{i % 40}", "2026-03-02T09:00Z", staff: "hr:1", key: $"mail:{i}")),
        ];
        await CanonicalCsv.WriteAsync(folder, facts, Cancellation);
        await loaded.LoadPathAsync(folder);

        using var publisher = new Publisher(kafka.Endpoint, Topic, TimeProvider.System);
        var report = await publisher.PublishAsync(folder, Cancellation);
        await using var run = StreamRun.Start(read, new StreamOptions { Endpoint = kafka.Endpoint, Topic = Topic, Partitions = [0, 1, 2] });
        await run.UntilAsync("select coalesce(sum(read), 0)::bigint from batch", facts.Length);
        await run.StopAsync();

        Assert.Equal((facts.Length, 0L), ((int)report.Facts, report.Rejected));
        Assert.InRange(report.Messages, 4, facts.Length / 5);
        Assert.Equal(await loaded.FactsAsync(), await read.FactsAsync());
    }

    [Fact]
    public async Task Rows_that_are_no_facts_are_named_and_not_sent()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        var file = Path.Combine(world.NewFolder(), "account.csv");
        await File.WriteAllTextAsync(file, "source_key,occurred_at,name\ncrm:1,2026-01-01T00:00Z,One\ncrm:2,yesterday,Two\n", Cancellation);

        using var publisher = new Publisher(kafka.Endpoint, Topic, TimeProvider.System);
        var report = await publisher.PublishAsync(file, Cancellation);

        Assert.Equal((1L, 1L, 1L), (report.Facts, report.Messages, report.Rejected));
        Assert.StartsWith("account.csv line 3: field occurred_at:", Assert.Single(report.Problems), StringComparison.Ordinal);
    }
}
