using System.Globalization;
using System.Text;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>
/// What one run brings in by files, by a stream and by the facts API: new records, corrections, late versions, deletions, rows that are wrong
/// and rows whose account comes last. Each way has keys of its own, so that the end does not depend on which way was faster.
/// </summary>
internal sealed class SiegeInput
{
    private const int Accounts = 40;
    private const int RowsPerFile = 300;
    private const int FactsPerEvent = 10;

    private readonly Random _random;

    internal SiegeInput(int seed, int files, int events, int bodies)
    {
        _random = new Random(seed);
        First = ("account.1.csv", CanonicalCsv.Of(Enumerable.Range(0, Accounts).Select(i => Given.Account($"crm:{i}"))));
        Files = [.. Enumerable.Range(0, files).Select(File)];
        Last = ("account.2.csv", CanonicalCsv.Of([Given.Account("crm:late")]));
        Events = [.. Enumerable.Range(0, events).Select(Event)];
        Bodies = [.. Enumerable.Range(0, bodies).Select(Body)];
    }

    internal (string Name, string Text) First { get; }

    internal IReadOnlyList<(string Name, string Text)> Files { get; }

    /// <summary>Brings the account that rows of the files have waited for.</summary>
    internal (string Name, string Text) Last { get; }

    internal IReadOnlyList<byte[]> Events { get; }

    /// <summary>Batches of CloudEvents.</summary>
    internal IReadOnlyList<string> Bodies { get; }

    private (string Name, string Text) File(int number)
    {
        var rows = Enumerable.Range(0, RowsPerFile).Select(i => FileRow(number, i)).DistinctBy(f => f.SourceKey);
        var text = CanonicalCsv.Of(rows);
        // A record that can be none, whichever column it is read for.
        return (string.Create(CultureInfo.InvariantCulture, $"interaction.{number:00}.csv"), $"{text}wrong:{number},nobody,when\n");
    }

    private Interaction FileRow(int file, int row)
    {
        var isNew = file == 0 || _random.Next(4) > 0;
        var number = isNew ? file * RowsPerFile + row : _random.Next(file * RowsPerFile);
        // Half of the corrections are older than what is stored.
        var modified = isNew ? 10 : _random.Next(20);
        return Given.Inbound(number % 50 == 7 ? "crm:late" : $"crm:{number % Accounts}", "2026-03-02T09:00Z", key: $"mail:{number}") with
        {
            Subject = $"of file {file}",
            SourceModifiedAt = Given.At("2026-03-03T00:00Z").AddMinutes(modified * 100 + file),
            Deleted = !isNew && _random.Next(5) == 0,
        };
    }

    private byte[] Event(int number)
    {
        if (number % 17 == 5) return Encoding.UTF8.GetBytes($"{{\"poison\":{number}");
        // Some producers send an event twice.
        var first = (number % 11 == 3 ? number - 2 : number) * FactsPerEvent;
        return StreamRun.Event([.. Enumerable.Range(first, FactsPerEvent).Select(n => (Fact)Given.Inbound($"crm:{n % Accounts}", "2026-03-04T09:00Z", key: $"stream:{n}"))]);
    }

    private string Body(int number)
    {
        var events = Enumerable.Range(0, 1 + _random.Next(3)).Select(i => $$"""
            {"specversion":"1.0","id":"{{number}}-{{i}}","source":"/siege","type":"followthrough.fact.interaction","data":{
              "source_key":"api:{{(number + i) % 100}}","account":"crm:{{(number + i) % 100 % Accounts}}","occurred_at":"2026-03-05T09:00:00Z",
              "source_modified_at":"2026-03-06T00:{{10 + number % 50}}:00Z","channel":"email","direction":"inbound","kind":"message","subject":"of body {{number}}" } }
            """);
        return $"[{string.Join(',', events)}]";
    }
}
