using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary><c>ingest map check FILE MAPPING</c> and <c>ingest map schema</c>.</summary>
internal static class MapCommand
{
    private const int Failed = 2;

    // It is read by people, on a terminal.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var command = new Command("map", "Drafts a mapping of a file, tries one on it, or prints what a mapping file may say.");
        command.Add(Check());
        command.Add(DraftCommand.Create());
        command.Add(Schema());
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "A file, or a sample of one." };
        var mapping = new Argument<string>("mapping") { Description = "Name of a shipped mapping or an own one, or the path of a .yaml file." };
        var check = new Command("check", "Shows what a mapping makes of a file, and writes nothing. Exit code 0 all well, 1 with problems, 2 not readable.") { file, mapping };
        check.SetAction((parsed, ct) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(mapping)!, ct));
        return check;
    }

    private static Command Schema()
    {
        var schema = new Command("schema", "Prints the JSON Schema of mapping files, for editors.");
        schema.SetAction(_ => Console.WriteLine(MappingSchema.Text()));
        return schema;
    }

    private static async Task<int> RunAsync(string file, string name, CancellationToken ct)
    {
        try
        {
            if (!File.Exists(file)) throw new SourceFileException($"{file}: there is no such file.");
            var mappings = await MappingCatalogue.FindAsync(name, new OwnMappings(DataFolder.Default()), ct);
            if (mappings.Count > 1) throw new MappingException($"'{name}' has several mappings; expected one of {string.Join(", ", mappings.Select(m => m.Name))}.");
            var report = await new MapCheck(mappings[0], file, Path.GetFileName(file)).RunAsync(ct);
            Print(report, await Installation.ZoneAsync(ct));
            return report.Problems.Count == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is SourceFileException or MappingException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    private static void Print(MapReport report, TimeZoneInfo? company)
    {
        var zone = company ?? TimeZoneInfo.Utc;
        foreach (var advice in report.Advice) Console.WriteLine($"note: {advice}");
        foreach (var sample in report.Samples) Console.WriteLine($"{sample.Where} {sample.Fact} {JsonSerializer.Serialize(sample.In(zone), Readable)}");
        if (report.Samples.Count > 0) Console.WriteLine($"Times are in {zone.Id}{(company is null ? "" : ", the company's zone")}.");
        Console.WriteLine($"{N(report.Records)} records: {(report.Facts.Count == 0 ? "no facts" : string.Join(", ", report.Facts.Select(f => $"{N(f.Value)} {f.Key}")))}. Nothing was written.");
        foreach (var problem in report.Problems)
            Console.WriteLine($"{N(problem.Count)} x {problem.Fact}{(problem.Field is null ? "" : "." + problem.Field)} {problem.Reason}; first at {problem.First}.");
        if (report.NeverSeen.Count > 0) Console.WriteLine($"No record had: {string.Join(", ", report.NeverSeen)}.");
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
