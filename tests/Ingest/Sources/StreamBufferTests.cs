using System.Diagnostics.Metrics;
using System.Text;
using Confluent.Kafka;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>When batches close, when receiving pauses, and what brokers are told.</summary>
public sealed class StreamBufferTests : IDisposable
{
    private static readonly KafkaEndpoint Nowhere = new("localhost:9092");

    private readonly DirectoryInfo _folder = TestFolder.Create("secret-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_batch_closes_at_its_rows()
    {
        var buffer = Open(Options() with { BatchRows = 3 });
        for (var i = 0; i < 5; i++) buffer.Add(0, Message(i, """{"fact":"account","source_key":"a"}"""));

        var first = buffer.Take((await buffer.NextAsync(Cancellation))!);
        buffer.Complete();
        var second = buffer.Take((await buffer.NextAsync(Cancellation))!);

        Assert.Equal((0L, 2L, 3L, 4L), (first.Range.First, first.Range.Last, second.Range.First, second.Range.Last));
        Assert.Null(await buffer.NextAsync(Cancellation));
    }

    [Fact]
    public async Task A_batch_closes_at_its_bytes_but_takes_one_message_at_least()
    {
        var buffer = Open(Options() with { BatchBytes = 250 });
        foreach (var (offset, length) in new[] { (0, 100), (1, 100), (2, 100), (3, 900), (4, 10) }) buffer.Add(0, Message(offset, new string('x', length)));
        buffer.Complete();

        var last = new List<long>();
        while (await buffer.NextAsync(Cancellation) is { } lane) last.Add(buffer.Take(lane).Range.Last);

        Assert.Equal([1, 2, 3, 4], last);
    }

    [Fact]
    public async Task A_batch_closes_when_its_first_message_has_waited()
    {
        var buffer = Open(Options() with { BatchDelay = TimeSpan.FromMilliseconds(100) });
        var next = buffer.NextAsync(Cancellation);
        Assert.False(next.IsCompleted);
        buffer.Add(0, Message(7, "x"));

        Assert.Equal(7, buffer.Take((await next)!).Range.First);
    }

    [Fact]
    public async Task The_partition_that_has_waited_longest_comes_first_however_much_another_one_sends()
    {
        var buffer = Open(Options() with { BatchRows = 10, UnreadableLimit = 10 }, 0, 1);
        for (var i = 0; i < 100; i++)
        {
            buffer.Add(0, Message(i, "x"));
            if (i == 15) buffer.Add(1, Message(0, "y"));
        }
        buffer.Complete();

        var order = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            var lane = (await buffer.NextAsync(Cancellation))!;
            buffer.Take(lane);
            order.Add(lane.Lease.Partition);
        }

        Assert.Equal([0, 0, 1, 0], order);
    }

    [Fact]
    public async Task Receiving_pauses_at_the_bytes_until_half_of_them_are_in()
    {
        var buffer = Open(Options() with { BufferBytes = 1_000, BatchRows = 4, UnreadableLimit = 4 });
        for (var i = 0; i < 8; i++) buffer.Add(0, Message(i, new string('x', 50)));
        Assert.True(buffer.IsFull);

        var lane = (await buffer.NextAsync(Cancellation))!;
        var first = buffer.Take(lane);
        Assert.True(buffer.IsFull);
        buffer.Release(lane, first, isIn: true);
        Assert.False(buffer.IsFull);
        Assert.False(buffer.HasRoom);
        lane.Lease = lane.Lease with { UnreadableRun = 0 };
        buffer.Release(lane, buffer.Take(lane), isIn: true);

        Assert.True(buffer.HasRoom);
    }

    [Fact]
    public void A_message_that_comes_twice_is_taken_once_and_one_of_a_partition_given_up_not_at_all()
    {
        var buffer = Open(Options());
        foreach (var offset in new[] { 5, 6, 5, 6, 9 }) buffer.Add(0, Message(offset, "x"));
        buffer.Add(3, Message(0, "x"));

        Assert.Equal(3, buffer.Find(0)!.Count);
        Assert.Null(buffer.Find(3));
        buffer.Close(0);
        Assert.Null(buffer.Find(0));
    }

    [Fact]
    public async Task Lag_is_a_metric_by_partition()
    {
        var buffer = Open(Options(), 0, 1);
        using var metrics = new StreamMetrics(buffer);
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) => { if (instrument.Name == "followthrough.ingest.stream.lag") l.EnableMeasurementEvents(instrument); };
        listener.SetMeasurementEventCallback<long>((_, lag, tags, _) => { if (tags.Length == 2) seen.Add($"{tags[0].Value}/{tags[1].Value} {lag}"); });
        listener.Start();
        for (var i = 0; i < 4; i++) buffer.Add(0, Message(i, "x"));
        buffer.SetEnd(0, 10);
        buffer.Complete();
        var lane = (await buffer.NextAsync(Cancellation))!;
        buffer.Release(lane, buffer.Take(lane), isIn: true);

        listener.RecordObservableInstruments();

        Assert.Equal(["lag-topic/0 6"], seen.Where(s => s.StartsWith("lag-topic/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Event_Hubs_is_spoken_to_as_its_documentation_asks()
    {
        const string secret = "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=reader;SharedAccessKey=a+b/c=";
        var file = Secret(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var endpoint = await KafkaEndpoint.OfAsync(null, file, Cancellation);
        var settings = KafkaSettings.Consumer(Options() with { Endpoint = endpoint }).ToDictionary(s => s.Key, s => s.Value);

        var expected = new Dictionary<string, string>
        {
            ["bootstrap.servers"] = "contoso.servicebus.windows.net:9093",
            ["security.protocol"] = "sasl_ssl",
            ["sasl.mechanism"] = "PLAIN",
            ["sasl.username"] = "$ConnectionString",
            ["sasl.password"] = secret,
            ["metadata.max.age.ms"] = "180000",
            ["connections.max.idle.ms"] = "180000",
            ["socket.keepalive.enable"] = "True",
            ["enable.auto.commit"] = "False",
            ["auto.offset.reset"] = "error",
            ["isolation.level"] = "read_committed",
        };
        Assert.All(expected, e => Assert.Equal(e.Value, settings[e.Key]));
        Assert.Equal("60000", KafkaSettings.Producer(endpoint).Single(s => s.Key == "request.timeout.ms").Value);
        Assert.DoesNotContain("SharedAccessKey", endpoint.ToString(), StringComparison.Ordinal);
        // The library itself takes every one of them.
        KafkaLibrary.Load();
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(KafkaSettings.Consumer(Options() with { Endpoint = endpoint })).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
    }

    [Theory]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true", "localhost:9092 SaslPlaintext")]
    [InlineData("Server=db;Password=b", "is no connection string of Event Hubs; expected Endpoint=sb://NAME.servicebus.windows.net/;SharedAccessKeyName=…;SharedAccessKey=….")]
    public async Task A_connection_string_says_where_and_how_or_is_refused(string text, string expected)
    {
        var file = Secret(text, UnixFileMode.UserRead);
        try
        {
            var endpoint = await KafkaEndpoint.OfAsync(null, file, Cancellation);
            Assert.Equal(expected, $"{endpoint.Brokers} {endpoint.Configure(new ConsumerConfig()).SecurityProtocol}");
        }
        catch (StreamException e)
        {
            Assert.Equal($"{Path.GetFileName(file)}: {expected}", e.Message);
        }
    }

    [Fact]
    public async Task A_secret_that_everybody_may_read_is_refused()
    {
        var file = Secret("Endpoint=sb://a/;SharedAccessKey=b", UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var refused = await Assert.ThrowsAsync<StoreException>(() => KafkaEndpoint.OfAsync(null, file, Cancellation));

        Assert.Contains("everybody on this machine may read it", refused.Message, StringComparison.Ordinal);
    }

    private string Secret(string text, UnixFileMode mode)
    {
        var file = Path.Combine(_folder.FullName, "connection");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, mode);
        return file;
    }

    private static StreamBuffer Open(StreamOptions options, params int[] partitions)
    {
        var buffer = new StreamBuffer(options, TimeProvider.System);
        foreach (var partition in partitions.Length == 0 ? [0] : partitions) buffer.Open(new Lease("lag-topic", partition, 1, 1, null, 0));
        return buffer;
    }

    private static StreamOptions Options() => new() { Endpoint = Nowhere, Topic = "lag-topic", BatchDelay = TimeSpan.FromMinutes(1) };

    private static StreamMessage Message(long offset, string text) => new(offset, Encoding.UTF8.GetBytes(text));
}
