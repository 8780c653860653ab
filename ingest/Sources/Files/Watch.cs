using System.Globalization;
using System.Text;
using Followthrough.Ingest.Loading;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>
/// Loads what is dropped into a folder. A file is taken once its size and time have stood still from one look to the next; then it goes to
/// <c>done</c> or <c>failed</c> with a report beside it. What could not be loaded because the store was away stays for the next look.
/// </summary>
internal sealed class Watch(Loader loader, string folder, LoadRequest what, TimeProvider clock, Action<string> say)
{
    private static readonly string[] Unfinished = [".part", ".tmp", ".partial", ".crdownload"];

    private readonly Dictionary<string, (long Bytes, DateTime Written)> _seen = [];
    private readonly HashSet<string> _refused = [];

    /// <summary>Where loaded files go.</summary>
    public string Done { get; } = Path.Combine(folder, "done");

    /// <summary>Where files go that can't be loaded.</summary>
    public string Failed { get; } = Path.Combine(folder, "failed");

    /// <summary>Looks again and again, until told to stop.</summary>
    public async Task RunAsync(TimeSpan every, CancellationToken ct)
    {
        while (true)
        {
            await LookAsync(ct);
            await Task.Delay(every, clock, ct);
        }
    }

    /// <summary>One look: loads what has stood still since the last one.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var files = Directory.EnumerateFileSystemEntries(folder).Where(f => !IsOurs(f)).ToList();
        foreach (var gone in _seen.Keys.Except(files).ToList()) _seen.Remove(gone);
        // The longest waiting first, so that a stream of new files holds up no old one.
        foreach (var file in files.OrderBy(File.GetLastWriteTimeUtc).ThenBy(f => f, StringComparer.Ordinal))
        {
            if (!RegularFile.Is(file)) Refuse(file);
            else if (StandsStill(file)) await TakeAsync(file, ct);
        }
    }

    private bool IsOurs(string path) =>
        path == Done || path == Failed || Path.GetFileName(path).StartsWith('.') || Unfinished.Contains(Path.GetExtension(path).ToLowerInvariant());

    private bool StandsStill(string file)
    {
        var state = (new FileInfo(file).Length, File.GetLastWriteTimeUtc(file));
        var same = _seen.TryGetValue(file, out var before) && before == state;
        _seen[file] = state;
        return same;
    }

    private void Refuse(string path)
    {
        if (_refused.Add(path)) say($"{Path.GetFileName(path)}: is a folder, link, pipe or device; expected a file. It is left where it is.");
    }

    private async Task TakeAsync(string file, CancellationToken ct)
    {
        FileReport report;
        try
        {
            report = (await loader.LoadAsync(what with { Path = file }, null, ct)).Files.Single();
        }
        catch (SourceFileException e)
        {
            report = FileReport.Failure(Path.GetFileName(file), e.Message);
        }
        if (report.StoreWasAway)
        {
            say($"{string.Join("; ", report.Problems)} It is tried again.");
            return;
        }
        await MoveAsync(file, report, ct);
        _seen.Remove(file);
        say(Summary(report));
    }

    private async Task MoveAsync(string file, FileReport report, CancellationToken ct)
    {
        var target = Directory.CreateDirectory(report.Outcome == FileOutcome.Failed ? Failed : Done).FullName;
        var name = Path.GetFileName(file);
        for (var i = 2; Path.Exists(Path.Combine(target, name)); i++) name = $"{Path.GetFileName(file)}.{i}";
        // The report first: a file that was moved has one.
        await File.WriteAllTextAsync(Path.Combine(target, name + ".report.txt"), Words(report), ct);
        File.Move(file, Path.Combine(target, name));
    }

    private string Words(FileReport report)
    {
        var text = new StringBuilder().AppendLine(Summary(report)).AppendLine(clock.GetUtcNow().ToString("u", CultureInfo.InvariantCulture));
        foreach (var problem in report.Problems) text.AppendLine(problem);
        return text.ToString();
    }

    private static string Summary(FileReport report) => report.Outcome switch
    {
        FileOutcome.Failed => $"{report.Name}: failed. Nothing of it is in.",
        FileOutcome.AlreadyLoaded => $"{report.Name}: already loaded.",
        FileOutcome.Loaded =>
            $"{report.Name}: loaded. {report.Read} read, {report.Added} new, {report.Changed} changed, {report.Unchanged} unchanged, {report.Rejected} rejected.",
        _ => throw new InvalidOperationException($"No outcome {report.Outcome}."),
    };
}
