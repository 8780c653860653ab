using System.CommandLine;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Sources.Files;

/// <summary><c>ingest watch DIR [--mapping NAME] [--every SECONDS]</c>.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Files dropped here are loaded, and moved to done or failed in it." };
        var mapping = new Option<string?>("--mapping") { Description = "What the fields mean, as of load; a system's name (salesforce) chooses by file name." };
        var every = new Option<int>("--every") { Description = "Seconds between looks; a file has to stand still from one to the next.", DefaultValueFactory = _ => 5 };
        var command = new Command("watch", "Loads what is dropped into a folder until it is stopped.") { folder, mapping, every };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(mapping), Math.Clamp(parsed.GetValue(every), 1, 3600), ct));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? mapping, int seconds, CancellationToken ct)
    {
        try
        {
            if (!Directory.Exists(folder)) throw new SourceFileException($"{folder}: there is no such folder.");
            if (mapping is not null) await MappingCatalogue.FindAsync(mapping, new OwnMappings(DataFolder.Default()), ct);
            await using var store = await AnalyticsStore.OpenAsync(ct);
            var loader = new Loader(store.DataSource, new KeptFiles(store.Folder), TimeProvider.System);
            var what = new LoadRequest { Path = folder, Mapping = mapping };
            Console.WriteLine($"Watching {folder}. Stop with Ctrl-C.");
            await new Watch(loader, folder, what, TimeProvider.System, Console.WriteLine).RunAsync(TimeSpan.FromSeconds(seconds), ct);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
        catch (Exception e) when (e is SourceFileException or MappingException or StoreException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }
}
