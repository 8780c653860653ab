using System.CommandLine;
using System.Text;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Targets;

/// <summary><c>analytics targets export FILE</c> and <c>analytics targets import FILE</c>.</summary>
internal static class TargetsCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = $"CSV with the columns {string.Join(", ", TargetFile.Columns)}; shares in percent, days as 2026-01-01." };
        var export = new Command("export", "Writes the targets that count now into a file.") { file };
        export.SetAction((parsed, ct) => StoreCommand.RunAsync(store => ExportAsync(store, parsed.GetValue(file)!, ct), ct));
        var import = new Command("import", "Sets the targets of a file. A target without an end ends where the next begins; lines that cannot be used are named, exit code 1.") { file };
        import.SetAction((parsed, ct) => StoreCommand.RunAsync(store => ImportAsync(store, parsed.GetValue(file)!, ct), ct));
        return new Command("targets", "What is aimed at: for the company, teams and people.") { export, import };
    }

    private static async Task<int> ExportAsync(AnalyticsStore store, string file, CancellationToken ct)
    {
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        var targets = await TargetStore.ReadAsync(connection, (DateTimeOffset?)null, ct);
        await File.WriteAllTextAsync(file, TargetFile.Write(targets), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), ct);
        Console.WriteLine($"{targets.Count} targets written to {file}.");
        return 0;
    }

    private static async Task<int> ImportAsync(AnalyticsStore store, string file, CancellationToken ct)
    {
        if (!File.Exists(file)) throw new StoreException($"There is no file {file}.");
        using var reader = new StreamReader(file);
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var import = await TargetImport.TakeAsync(connection, reader, Environment.UserName, TimeProvider.System.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        Console.WriteLine($"{import.Changes.Count} set, {import.Unchanged} in force already, {import.Rejected.Count} could not be used.");
        foreach (var line in import.Rejected)
            foreach (var fault in line.Faults) await Console.Error.WriteLineAsync($"{Path.GetFileName(file)} line {line.Number}: {fault}");
        return import.Rejected.Count == 0 ? 0 : 1;
    }
}
