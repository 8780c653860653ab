using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Fuzz;

/// <summary>Random sound CSV is read as Python's reader reads it, field for field.</summary>
public sealed class CsvDifferentialTests(ITestOutputHelper output) : IDisposable
{
    private const int Files = 400;
    private const string Python = """
        import csv, json, sys
        csv.field_size_limit(1 << 27)
        for number in range(int(sys.argv[2])):
            with open(f"{sys.argv[1]}/{number}.csv", encoding="utf-8-sig", newline="") as f:
                print(json.dumps(list(csv.reader(f, delimiter=",", strict=True))[1:]))
        """;

    private static readonly string[] Pieces = ["a", "1", " ", ",", ";", "\"", "\n", "\r\n", "\r", "\t", "é", "😀", "'", "=", "\\", "x,\"y\"", ""];

    private readonly DirectoryInfo _folder = TestFolder.Create("csv-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Fields_are_those_that_python_reads()
    {
        if (!await HasPythonAsync()) Assert.Skip("python3 is not on this machine.");
        output.WriteLine($"seed {Cases.Seed}, {Files} files");
        for (var number = 0; number < Files; number++)
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, $"{number}.csv"), Text(new Random(Cases.Seed + number)), Cancellation);

        var theirs = (await RunAsync("-c", Python, _folder.FullName, Files.ToString(CultureInfo.InvariantCulture))).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Files, theirs.Length);
        for (var number = 0; number < Files; number++) Assert.Equal((number, theirs[number]), (number, await OursAsync(number)));
    }

    private static string Text(Random random)
    {
        var columns = 1 + random.Next(5);
        var text = new StringBuilder(random.Next(4) == 0 ? "\uFEFF" : "").AppendJoin(',', Enumerable.Range(0, columns).Select(i => $"c{i}")).Append('\n');
        var ending = random.Next(2) == 0 ? "\n" : "\r\n";
        for (var row = random.Next(6); row > 0; row--)
        {
            // A single empty field would be an empty line, which one reader passes over and the other does not.
            var fields = Enumerable.Range(0, columns).Select(i => (i == 0 ? "k" : "") + string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)])));
            text.AppendJoin(',', fields.Select(f => f.AsSpan().IndexOfAny(",\"\r\n") >= 0 || random.Next(3) == 0 ? $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : f)).Append(ending);
        }
        return text.ToString();
    }

    private async Task<string> OursAsync(int number)
    {
        using var source = SourceFile.Open(Path.Combine(_folder.FullName, $"{number}.csv"), $"{number}.csv", new SourceReading());
        var rows = new List<IReadOnlyList<string?>>();
        await foreach (var record in source.ReadAsync(_ => null, Cancellation))
        {
            Assert.Null(record.Problem);
            rows.Add(record.Values);
        }
        return PythonJson(rows);
    }

    // As Python's json writes it: blanks after commas, everything beyond ASCII escaped in lower case.
    private static string PythonJson(IEnumerable<IReadOnlyList<string?>> rows) =>
        $"[{string.Join(", ", rows.Select(r => $"[{string.Join(", ", r.Select(f => JsonSerializer.Serialize(f, Relaxed)).Select(Escaped))}]"))}]";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Escaped(string json)
    {
        var text = new StringBuilder();
        foreach (var c in System.Text.RegularExpressions.Regex.Replace(json, "\\\\u([0-9A-F]{4})", m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()))
            text.Append(c < 128 ? c.ToString() : $"\\u{(int)c:x4}");
        return text.ToString();
    }

    private static async Task<bool> HasPythonAsync()
    {
        try
        {
            return (await RunAsync("-c", "print(1)")).Trim() == "1";
        }
        catch (System.ComponentModel.Win32Exception) when (!TestServer.IsRequired)
        {
            return false;
        }
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
        var text = await python.StandardOutput.ReadToEndAsync(Cancellation);
        await python.WaitForExitAsync(Cancellation);
        Assert.Equal(0, python.ExitCode);
        return text;
    }
}
