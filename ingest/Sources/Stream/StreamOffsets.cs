using System.Globalization;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>A worker's hold on a partition, good until another worker takes it over.</summary>
/// <param name="Topic">Name of the stream.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Epoch">Which of the partition's lives.</param>
/// <param name="Fence">Number of the take-over.</param>
/// <param name="Next">The next offset to read; null for the earliest there is.</param>
/// <param name="UnreadableRun">Unreadable messages in a row, up to there.</param>
internal sealed record Lease(string Topic, int Partition, int Epoch, long Fence, long? Next, long UnreadableRun)
{
    /// <summary>The same behind a batch.</summary>
    public Lease Behind(StreamInput input) => this with { Next = input.Range.Last + 1, UnreadableRun = input.UnreadableRun };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Topic}/{Partition}");
}

/// <summary>Where each partition stands, in the database that also holds what came of it.</summary>
internal sealed class StreamOffsets(NpgsqlDataSource db, TimeProvider clock, string owner)
{
    private static readonly string Take = SqlText.Read(typeof(StreamOffsets), "Sources/Stream/TakeOver.sql");
    private static readonly string Move = SqlText.Read(typeof(StreamOffsets), "Sources/Stream/Advance.sql");

    /// <summary>
    /// Takes a partition over. Synchronous, because librdkafka asks where to begin in the middle of a rebalance; waits for a batch of the
    /// former owner that is just committing.
    /// </summary>
    /// <exception cref="StreamException">A gap is open, or too much in a row was unreadable, and the loss is not accepted.</exception>
    public Lease TakeOver(string topic, int partition, bool acceptLoss, int unreadableLimit)
    {
        using var command = db.CreateCommand(Take);
        foreach (var value in new object[] { topic, partition, owner, clock.GetUtcNow(), acceptLoss }) command.Parameters.Add(new() { Value = value });
        using var reader = command.ExecuteReader();
        reader.Read();
        var lease = new Lease(topic, partition, reader.GetInt32(1), reader.GetInt64(2), reader.IsDBNull(0) ? null : reader.GetInt64(0), reader.GetInt64(3));
        if (!reader.IsDBNull(4)) throw new StreamException($"{lease}: offset {reader.GetInt64(4)} was due and the broker no longer had it. {Accept}");
        if (lease.UnreadableRun >= unreadableLimit) throw TooManyUnreadable(lease, lease.UnreadableRun);
        return lease;
    }

    /// <summary>Moves the partition past a batch, in its transaction; false when it is no longer ours to move.</summary>
    public async Task<bool> AdvanceAsync(NpgsqlConnection connection, Lease lease, StreamInput input, long? end, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Move, connection)
        {
            Parameters =
            {
                new() { Value = lease.Topic }, new() { Value = lease.Partition }, new() { Value = lease.Fence }, Nullable(lease.Next),
                new() { Value = input.Range.Last + 1 }, Nullable(end), new() { Value = input.UnreadableRun }, new() { Value = clock.GetUtcNow() },
            },
        };
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Whether the partition is still held by this lease, and where it stands.</summary>
    public async Task<(bool Held, long? Next)> StandAsync(Lease lease, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select fence, next_offset from stream_offset where topic = $1 and partition = $2");
        command.Parameters.Add(new() { Value = lease.Topic });
        command.Parameters.Add(new() { Value = lease.Partition });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return (false, null);
        return (reader.GetInt64(0) == lease.Fence, reader.IsDBNull(1) ? null : reader.GetInt64(1));
    }

    /// <summary>Records that the broker has lost what was due. Said once per life of the partition.</summary>
    public void RecordGap(Lease lease, long expected, long? low, long? high)
    {
        using var command = db.CreateCommand("""
            insert into stream_gap (topic, partition, epoch, expected_offset, low_offset, high_offset, noticed_at)
            select topic, partition, epoch, $3, $4, $5, $6 from stream_offset where topic = $1 and partition = $2 and fence = $7
            on conflict (topic, partition, epoch) do nothing
            """);
        command.Parameters.Add(new() { Value = lease.Topic });
        command.Parameters.Add(new() { Value = lease.Partition });
        command.Parameters.Add(new() { Value = expected });
        command.Parameters.Add(Nullable(low));
        command.Parameters.Add(Nullable(high));
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        command.Parameters.Add(new() { Value = lease.Fence });
        command.ExecuteNonQuery();
    }

    /// <summary>Why a stream of unreadable messages goes no further.</summary>
    public static StreamException TooManyUnreadable(Lease lease, long run) =>
        new($"{lease}: {run} messages in a row could not be read; they are in quarantine. Is it the right topic? {Accept}");

    /// <summary>What somebody can do who accepts a loss.</summary>
    public const string Accept = "Nothing is skipped by itself: to go on all the same, start once with --accept-loss.";

    private static NpgsqlParameter Nullable(long? value) => new() { Value = value is { } known ? known : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint };
}
