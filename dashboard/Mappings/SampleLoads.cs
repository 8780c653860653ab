using System.Collections.Concurrent;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Dashboard.Mappings;

/// <summary>How far the load of an uploaded file is. Written by one task, read by the page that shows it.</summary>
/// <param name="name">What the file was called.</param>
/// <param name="mapping">The mapping it is loaded with.</param>
/// <param name="at">When it began.</param>
public sealed class SampleLoad(string name, string mapping, DateTimeOffset at)
{
    private volatile FileReport? _report;
    private long _percent;

    /// <summary>What the file was called.</summary>
    public string Name { get; } = name;

    /// <summary>The mapping it is loaded with.</summary>
    public string Mapping { get; } = mapping;

    /// <summary>When it began.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>How it ended; null while it runs.</summary>
    public FileReport? Report => _report;

    /// <summary>Part of the file that is read, 0 to 100.</summary>
    public long Percent => Interlocked.Read(ref _percent);

    internal void Tell(LoadProgress progress) => Interlocked.Exchange(ref _percent, progress.Total == 0 ? 100 : progress.Done * 100 / progress.Total);

    internal void End(FileReport report) => _report = report;
}

/// <summary>Loads uploaded files in the background, each once. A file that is in is removed; its rows lead to the copy that the loader keeps.</summary>
internal sealed partial class SampleLoads(
    NpgsqlDataSource db, KeptFiles kept, UploadedSamples samples, TimeProvider clock, IHostApplicationLifetime life, ILogger<SampleLoads> log)
{
    private readonly ConcurrentDictionary<string, SampleLoad> _loads = new();

    /// <summary>The load of a sample; null when none was begun, or a day has passed.</summary>
    internal SampleLoad? Find(string id) => _loads.GetValueOrDefault(id);

    /// <summary>Begins to load a sample, as history or as news; one that is loading or loaded is left alone.</summary>
    internal SampleLoad Start(UploadedSample sample, string mapping, bool history, string by)
    {
        foreach (var (id, old) in _loads)
            if (clock.GetUtcNow() - old.At > UploadedSamples.Kept) _loads.TryRemove(id, out _);
        var load = new SampleLoad(sample.Name, mapping, clock.GetUtcNow());
        var mine = _loads.AddOrUpdate(sample.Id, load, (_, there) => there.Report?.Outcome == FileOutcome.Failed ? load : there);
        if (!ReferenceEquals(mine, load)) return mine;
        LogStarted(log, sample.Name, mapping, by);
        _ = Task.Run(() => RunAsync(sample, load, history, life.ApplicationStopping), life.ApplicationStopping);
        return load;
    }

    private async Task RunAsync(UploadedSample sample, SampleLoad load, bool history, CancellationToken cancellation)
    {
        try
        {
            var request = new LoadRequest { Path = sample.Path, SentAs = sample.Name, Mapping = load.Mapping, Backfill = history };
            var report = await new Loader(db, kept, clock).LoadAsync(request, new Told(load), cancellation);
            load.End(report.Files[0]);
            if (report.Files[0].Outcome != FileOutcome.Failed) samples.Remove(sample.Id);
        }
        catch (Exception failed) when (failed is SourceFileException or MappingException)
        {
            load.End(FileReport.Failure(sample.Name, failed.Message));
        }
        catch (Exception failed)
        {
            LogFailed(log, failed, sample.Name);
            load.End(FileReport.Failure(sample.Name, "Something went wrong on our side, and nothing of it is in. The log says what; try again."));
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "{File} is loaded with the mapping {Mapping} for {By}.")]
    private static partial void LogStarted(ILogger log, string file, string mapping, string by);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Error, Message = "{File} could not be loaded.")]
    private static partial void LogFailed(ILogger log, Exception failed, string file);

    private sealed class Told(SampleLoad load) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => load.Tell(value);
    }
}
