using System.Globalization;
using System.Text;
using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Followthrough.Tests.Support;

/// <summary>A worker that reads a topic of a test until the test stops it.</summary>
internal sealed class StreamRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly CancellationTokenSource _stop = new();
    private readonly World _world;

    private StreamRun(World world, StreamOptions options, NpgsqlDataSource db)
    {
        _world = world;
        Ended = Task.Run(() => new StreamWorker(db, world.Kept, options, TimeProvider.System, NullLogger.Instance).RunAsync(_stop.Token));
    }

    /// <summary>Ends when the worker does, with what stopped it.</summary>
    internal Task Ended { get; }

    /// <summary>Starts one, over connections of its own where these are given.</summary>
    internal static StreamRun Start(World world, StreamOptions options, NpgsqlDataSource? db = null) => new(world, options, db ?? world.Database.DataSource);

    /// <summary>Waits until the query returns the number; gives up when the worker does.</summary>
    internal async Task UntilAsync(string sql, long expected)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        while (await _world.CountAsync(sql) is var count && count != expected)
        {
            if (Ended.IsCompleted) await Ended;
            Assert.False(Ended.IsCompleted || TimeProvider.System.GetUtcNow() > end, $"still {count} of {expected}: {sql}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets it bring in what it has and waits for its end.</summary>
    internal async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ended.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    /// <summary>Facts of one kind as a CloudEvent.</summary>
    internal static byte[] Event(params Fact[] facts)
    {
        var table = CanonicalCsv.TableOf(facts[0]);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            specversion = "1.0",
            id = Guid.NewGuid(),
            source = "/test",
            type = EventReader.TypePrefix + table.Name,
            data = facts.Select(f => Columns(table, f)),
        });
    }

    /// <summary>Facts as lines of JSON that name their table.</summary>
    internal static byte[] Lines(params Fact[] facts)
    {
        var lines = facts.Select(f =>
        {
            var table = CanonicalCsv.TableOf(f);
            var columns = Columns(table, f);
            columns[EventReader.FactField] = table.Name;
            return JsonSerializer.Serialize(columns);
        });
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static Dictionary<string, string> Columns(FactTable table, Fact fact) =>
        table.Columns.Where(c => c.Property.GetValue(fact) is not null).ToDictionary(c => c.Name, c => c.Property.GetValue(fact) switch
        {
            DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
            Enum choice => FactTable.Snake(choice.ToString()),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        });
}
