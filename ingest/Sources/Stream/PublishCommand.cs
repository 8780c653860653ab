using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary><c>ingest publish PATH --brokers … --topic …</c>.</summary>
internal static class PublishCommand
{
    private const int ShownProblems = 40;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A file, or a folder of files, in the canonical format." };
        var command = new Command("publish", "Sends the facts of files to a topic as CloudEvents. Exit code 0 all sent, 1 some rows can't be facts, 2 it failed.")
        {
            path, StreamCommand.Brokers, StreamCommand.Topic, StreamCommand.ConnectionString,
        };
        command.SetAction(async (parsed, ct) => await RunAsync(
            parsed.GetValue(path)!, parsed.GetValue(StreamCommand.Brokers), parsed.GetValue(StreamCommand.ConnectionString), parsed.GetValue(StreamCommand.Topic)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? brokers, string? connectionStringFile, string topic, CancellationToken ct)
    {
        try
        {
            var endpoint = await KafkaEndpoint.OfAsync(brokers, connectionStringFile, ct);
            using var publisher = new Publisher(endpoint, topic, TimeProvider.System);
            var report = await publisher.PublishAsync(path, ct);
            foreach (var problem in report.Problems.Take(ShownProblems)) Console.WriteLine(problem);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Facts:N0} facts sent to {topic} in {report.Messages:N0} messages; {report.Rejected:N0} rows are no facts and were not sent."));
            return report.Rejected > 0 ? 1 : 0;
        }
        catch (Exception e) when (e is StreamException or StoreException or SourceFileException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
