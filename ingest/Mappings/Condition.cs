using System.Globalization;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>One thing that must be so of a record.</summary>
/// <param name="Fields">The fields it looks at.</param>
/// <param name="Holds">Whether it is so.</param>
internal sealed record FieldTest(IReadOnlyList<string> Fields, Func<SourceRecord, bool> Holds)
{
    /// <summary>The field holds exactly one of these texts; a text that ends in * stands for all that begin so.</summary>
    public static FieldTest Matches(string field, IReadOnlyList<string> texts) => new([field], r =>
    {
        var value = r[field];
        return texts.Any(t => t.EndsWith('*') ? value.StartsWith(t[..^1], StringComparison.Ordinal) : value == t);
    });

    /// <summary>The field holds something.</summary>
    public static FieldTest Present(string field) => new([field], r => r[field].Length > 0);

    /// <summary>The field holds nothing, or is not there.</summary>
    public static FieldTest Absent(string field) => new([field], r => r[field].Length == 0);

    /// <summary>The field holds a number above the given one.</summary>
    public static FieldTest Above(string field, decimal than) => new([field], r =>
        decimal.TryParse(r[field], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > than);

    /// <summary>Both fields hold a date or time, and the first is the earlier.</summary>
    public static FieldTest Before(string first, string second) =>
        new([first, second], r => MomentOf(r[first]) is { } a && MomentOf(r[second]) is { } b && a < b);

    private static DateTimeOffset? MomentOf(string text) =>
        InstantText.TryRead(text, out var at, out _) ? at
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, default, default)
        : null;
}

/// <summary>What must be so of a record, all of it.</summary>
internal sealed record Condition(IReadOnlyList<FieldTest> Tests)
{
    /// <summary>Holds for every record.</summary>
    public static Condition Always { get; } = new([]);

    /// <summary>The fields it looks at.</summary>
    public IEnumerable<string> Fields => Tests.SelectMany(t => t.Fields);

    /// <summary>Whether all of it is so.</summary>
    public bool Holds(SourceRecord record)
    {
        for (var i = 0; i < Tests.Count; i++)
            if (!Tests[i].Holds(record)) return false;
        return true;
    }
}

/// <summary>Records the mapping declares impossible: they go to quarantine as a whole.</summary>
/// <param name="When">Which ones.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Message">What is wrong with them.</param>
internal sealed record RejectRule(Condition When, string Reason, string Message);
