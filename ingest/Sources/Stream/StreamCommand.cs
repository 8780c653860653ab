using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary><c>ingest stream --brokers … --topic … [--group …]</c>.</summary>
internal static class StreamCommand
{
    public static readonly Option<string?> Brokers = new("--brokers") { Description = "host:port of brokers, separated by commas. Event Hubs: follows from the connection string." };
    public static readonly Option<string> Topic = new("--topic") { Description = "The topic, or event hub.", Required = true };
    public static readonly Option<string?> ConnectionString = new("--event-hubs-connection-string-file") { Description = "File with the connection string of an Azure Event Hubs namespace; only its owner may read it." };

    public static Command Create()
    {
        var group = new Option<string>("--group") { Description = "Workers of one group share the partitions.", DefaultValueFactory = _ => "followthrough" };
        var partitions = new Option<int[]>("--partition") { Description = "Reads these partitions without a group.", AllowMultipleArgumentsPerToken = true };
        var accept = new Option<bool>("--accept-loss") { Description = "Goes on past recorded gaps (offsets the broker lost) and past runs of unreadable messages." };
        var alive = new Option<string?>("--alive-file") { Description = "File that is written anew every 15 seconds while the database answers; for health checks." };
        var command = new Command("stream", "Reads facts from Azure Event Hubs, Apache Kafka or Redpanda until it is stopped; each takes effect once. Exit code 0 stopped, 2 it goes no further by itself.")
        {
            Brokers, Topic, ConnectionString, group, partitions, accept, alive,
        };
        command.SetAction(async (parsed, ct) => await RunAsync(
            async () => new StreamOptions
            {
                Endpoint = await KafkaEndpoint.OfAsync(parsed.GetValue(Brokers), parsed.GetValue(ConnectionString), ct),
                Topic = parsed.GetValue(Topic)!,
                Group = parsed.GetValue(group)!,
                Partitions = parsed.GetValue(partitions) ?? [],
                AcceptLoss = parsed.GetValue(accept),
            },
            parsed.GetValue(alive), ct));
        return command;
    }

    private static async Task<int> RunAsync(Func<Task<StreamOptions>> read, string? alive, CancellationToken ct)
    {
        try
        {
            var options = await read();
            using var logs = LoggerFactory.Create(b => b.AddSimpleConsole(c =>
            {
                (c.SingleLine, c.UseUtcTimestamp, c.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' ");
            }));
            await using var store = await AnalyticsStore.OpenAsync(ct);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Reading {options.Topic} of {options.Endpoint}. Stop with Ctrl-C."));
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var beating = Heartbeat.RunAsync(alive, store.DataSource, TimeProvider.System, ended.Token);
            await new StreamWorker(store.DataSource, new KeptFiles(store.Folder), options, TimeProvider.System, logs.CreateLogger("stream")).RunAsync(ct);
            await ended.CancelAsync();
            await beating;
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is StreamException or StoreException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
