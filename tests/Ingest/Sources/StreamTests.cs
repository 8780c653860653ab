using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>A worker over real brokers' protocol and a real database: each message takes effect once.</summary>
public sealed class StreamTests
{
    private const string Topic = "facts";
    private const string Balanced = "select count(*) from batch where read <> added + changed + unchanged + rejected";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_become_facts_and_each_row_can_be_followed_to_its_message()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1"), Given.Account("crm:2")));
        await kafka.SendAsync(Topic, StreamRun.Event([.. Enumerable.Range(0, 5).Select(i => Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"mail:{i}"))]));
        await kafka.SendAsync(Topic, StreamRun.Lines(Given.Inbound("crm:2", "2026-03-02T09:00Z", key: "line:1"), Given.Contact("crm:2", "crm:c1")));

        await using var run = StreamRun.Start(world, Options(kafka));
        await run.UntilAsync("select coalesce(max(next_offset), 0) from stream_offset", 3);
        await run.StopAsync();

        Assert.Equal(["2", "6", "1"], await world.TextsAsync("select count(*) from account union all select count(*) from interaction union all select count(*) from contact"));
        Assert.Equal(["stream facts 0 1 0 2 3 9"], await world.TextsAsync(
            "select concat_ws(' ', max(source), max(topic), max(partition), max(epoch), min(first_offset), max(last_offset), sum(records), sum(read)) from batch"));
        var source = await world.TextsAsync("select b.sha256 || ' ' || b.name || ' ' || i.position from interaction i join batch b using (batch_id) where source_key = 'mail:3'");
        var (sha256, name, position) = source[0].Split(' ') is [var a, var b, var c] ? (a, b, long.Parse(c, CultureInfo.InvariantCulture)) : default;
        var raw = await world.Kept.ReadRecordAsync(new BatchFile(name, sha256, ""), position, Cancellation);
        Assert.Contains("\"source_key\":\"mail:3\"", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_goes_on_where_the_database_stands_and_messages_sent_twice_change_nothing()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic, partitions: 2);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));
        for (var round = 0; round < 3; round++)
        {
            await using var run = StreamRun.Start(world, Options(kafka, partitions: [0, 1]));
            await run.UntilAsync("select count(*) from account", 1);
            // The last of the round before comes again, under a new offset.
            for (var i = Math.Max(0, round * 10 - 5); i < round * 10 + 10; i++)
                await kafka.SendAsync(Topic, StreamRun.Event(Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"mail:{i}")), partition: 1);
            await run.UntilAsync("select count(*) from interaction", round * 10 + 10);
            await run.UntilAsync("select coalesce(sum(next_offset), 0)::bigint from stream_offset where partition = 1", 10 + round * 15);
            await run.StopAsync();
        }

        Assert.Equal(["41 31 0 10"], await world.TextsAsync("select concat_ws(' ', sum(read), sum(added), sum(changed), sum(unchanged)) from batch"));
        Assert.Equal(0, await world.CountAsync("select count(*) from interaction_history"));
        Assert.Equal(["1 3", "40 3"], await world.TextsAsync("select next_offset || ' ' || fence from stream_offset order by partition"));
        Assert.Equal(0, await world.CountAsync(Balanced));
    }

    [Fact]
    public async Task What_cannot_be_read_waits_in_quarantine_with_its_offset_and_holds_nothing_up()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        byte[]?[] poison =
        [
            null, [], [0xFF, 0x00, 0x12], "{\"a\":"u8.ToArray(), "42"u8.ToArray(), "{\"x\":1,\"x\":2}"u8.ToArray(),
            "{\"specversion\":\"2.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"followthrough.fact.account\",\"data\":{}}"u8.ToArray(),
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"followthrough.fact.acount\",\"data\":{}}"u8.ToArray(),
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"followthrough.fact.account\"}"u8.ToArray(),
            Encoding.UTF8.GetBytes(new string('[', 100_000)), Encoding.UTF8.GetBytes(new string('x', 70_000)),
        ];
        foreach (var value in poison) await kafka.SendAsync(Topic, value);
        var late = Given.Inbound("crm:9", "2026-03-02T09:00Z", key: "mail:1");
        await kafka.SendAsync(Topic, StreamRun.Event(late, late with { SourceKey = "mail:2" }));
        await kafka.SendAsync(Topic, "{\"fact\":\"account\",\"source_key\":\"crm:1\",\"nmae\":\"typo\"}"u8.ToArray());
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));

        await using var run = StreamRun.Start(world, Options(kafka) with { LongestMessage = 60_000 });
        await run.UntilAsync("select coalesce(max(next_offset), 0) from stream_offset", 14);

        Assert.Equal(
            [
                "0 empty_message", "1 empty_message", "2 bad_encoding", "3 bad_json", "4 not_an_event", "5 bad_json", "6 unknown_version", "7 unknown_fact",
                "8 not_an_event", "9 too_large", "10 too_large", "11 unknown_account", "11 unknown_account", "12 unknown_column",
            ],
            await world.TextsAsync("select stream_offset || ' ' || reason from quarantine join batch using (batch_id) where topic = 'facts' and partition = 0 order by stream_offset, position"));
        Assert.Equal(1, await world.CountAsync("select count(*) from account"));
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:9")));
        await run.UntilAsync("select count(*) from interaction", 2);
        await run.StopAsync();
        Assert.Equal(0, await world.CountAsync(Balanced));
    }

    [Fact]
    public async Task Nothing_but_unreadable_messages_stops_the_stream_until_somebody_says_go_on()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        for (var i = 0; i < 30; i++) await kafka.SendAsync(Topic, "not for us"u8.ToArray());
        var options = Options(kafka) with { UnreadableLimit = 20 };

        await using var first = StreamRun.Start(world, options);
        var stopped = await Assert.ThrowsAsync<StreamException>(() => first.Ended);
        await using var second = StreamRun.Start(world, options);
        var refused = await Assert.ThrowsAsync<StreamException>(() => second.Ended);

        Assert.Contains("facts/0: 20 messages in a row could not be read", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(stopped.Message, refused.Message);
        Assert.Equal(20, await world.CountAsync("select next_offset from stream_offset"));
        await using var third = StreamRun.Start(world, options with { AcceptLoss = true });
        await third.UntilAsync("select next_offset from stream_offset", 30);
    }

    [Fact]
    public async Task Offsets_that_the_broker_lost_stop_the_stream_and_are_on_record()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));
        await using (var before = StreamRun.Start(world, Options(kafka)))
        {
            await before.UntilAsync("select count(*) from account", 1);
            await before.StopAsync();
        }
        // More than the brokers keep.
        var large = Given.Account("crm:2", name: new string('x', 900_000));
        for (var i = 0; i < 8; i++) await kafka.SendAsync(Topic, StreamRun.Event(large));

        await using var lost = StreamRun.Start(world, Options(kafka));
        var stopped = await Assert.ThrowsAsync<StreamException>(() => lost.Ended);
        await using var again = StreamRun.Start(world, Options(kafka));
        var refused = await Assert.ThrowsAsync<StreamException>(() => again.Ended);

        Assert.Matches("^facts/0: offset 1 was due and the broker no longer has it; it has [2-8] to 8\\.", stopped.Message);
        Assert.StartsWith("facts/0: offset 1 was due", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1 9 t 1"], await world.TextsAsync("select concat_ws(' ', expected_offset, high_offset, accepted_at is null, epoch) from stream_gap"));
        await using var accepted = StreamRun.Start(world, Options(kafka) with { AcceptLoss = true });
        await accepted.UntilAsync("select coalesce(max(next_offset), 0) from stream_offset where epoch = 2", 9);
        Assert.Equal(0, await world.CountAsync("select count(*) from stream_gap where accepted_at is null"));
    }

    [Fact]
    public async Task A_topic_made_anew_with_less_in_it_is_noticed()
    {
        await using var world = await World.CreateAsync();
        using (var old = MockKafka.Start(Topic))
        {
            for (var i = 0; i < 5; i++) await old.SendAsync(Topic, StreamRun.Event(Given.Account($"crm:{i}")));
            await using var run = StreamRun.Start(world, Options(old));
            await run.UntilAsync("select coalesce(max(next_offset), 0) from stream_offset", 5);
            await run.StopAsync();
        }
        using var anew = MockKafka.Start(Topic);
        await anew.SendAsync(Topic, StreamRun.Event(Given.Account("crm:9")));

        await using var refusing = StreamRun.Start(world, Options(anew));
        var stopped = await Assert.ThrowsAsync<StreamException>(() => refusing.Ended);
        await using var accepting = StreamRun.Start(world, Options(anew) with { AcceptLoss = true });
        await accepting.UntilAsync("select count(*) from account", 6);

        Assert.StartsWith("facts/0: offset 5 was due and the broker no longer has it; it has 0 to 0.", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(["1 0 4", "2 0 0"], await world.TextsAsync("select concat_ws(' ', epoch, min(first_offset), max(last_offset)) from batch group by epoch order by epoch"));
    }

    [Fact]
    public async Task A_broker_that_goes_away_and_errs_loses_nothing()
    {
        await using var world = await World.CreateAsync();
        using var kafka = MockKafka.Start(Topic);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));
        await using var run = StreamRun.Start(world, Options(kafka));
        await run.UntilAsync("select count(*) from account", 1);

        kafka.FailFetches(ErrorCode.NotLeaderForPartition, ErrorCode.UnknownTopicOrPart, ErrorCode.RequestTimedOut, ErrorCode.LeaderNotAvailable);
        for (var i = 0; i < 10; i++) await kafka.SendAsync(Topic, StreamRun.Event(Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"a:{i}")));
        await run.UntilAsync("select count(*) from interaction", 10);
        kafka.TakeDown(1);
        await Task.Delay(500, Cancellation);
        kafka.BringUp(1);
        for (var i = 0; i < 10; i++) await kafka.SendAsync(Topic, StreamRun.Event(Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"b:{i}")));
        await run.UntilAsync("select count(*) from interaction", 20);
        await run.StopAsync();

        Assert.Equal(["21 21"], await world.TextsAsync("select sum(read) || ' ' || sum(added) from batch"));
    }

    [Fact]
    public async Task A_message_that_the_database_refuses_is_found_and_the_others_go_in()
    {
        await using var world = await World.CreateAsync();
        await world.TextsAsync("alter table interaction add constraint no_such_subject check (subject <> 'refuse me')");
        using var kafka = MockKafka.Start(Topic);
        await kafka.SendAsync(Topic, StreamRun.Event(Given.Account("crm:1")));
        for (var i = 0; i < 20; i++)
            await kafka.SendAsync(Topic, StreamRun.Event(Given.Inbound("crm:1", "2026-03-02T09:00Z", key: $"mail:{i}") with { Subject = i == 13 ? "refuse me" : "fine" }));

        await using var run = StreamRun.Start(world, Options(kafka));
        await run.UntilAsync("select coalesce(max(next_offset), 0) from stream_offset", 21);
        await run.StopAsync();

        Assert.Equal(19, await world.CountAsync("select count(*) from interaction"));
        Assert.Equal(["14 refused_by_database"], await world.TextsAsync("select stream_offset || ' ' || reason from quarantine"));
        Assert.Equal(["21 20 1"], await world.TextsAsync("select concat_ws(' ', sum(read), sum(added), sum(rejected)) from batch"));
    }

    private static StreamOptions Options(MockKafka kafka, int[]? partitions = null) =>
        new() { Endpoint = kafka.Endpoint, Topic = Topic, Partitions = partitions ?? [0], BatchDelay = TimeSpan.FromMilliseconds(50) };
}
