using System.Globalization;
using System.Text;
using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Facts as the canonical file of their table, written from the same description that the loader reads by.</summary>
internal static class CanonicalCsv
{
    /// <summary>One file of one kind of fact; all columns, in their canonical order.</summary>
    internal static string Of(IEnumerable<Fact> facts)
    {
        var rows = facts.ToList();
        var table = TableOf(rows[0]);
        var text = new StringBuilder().AppendJoin(',', table.Columns.Select(c => c.Name)).Append('\n');
        foreach (var fact in rows) text.AppendJoin(',', table.Columns.Select(c => Quoted(TextOf(c.Property.GetValue(fact))))).Append('\n');
        return text.ToString();
    }

    /// <summary>Writes a file per kind of fact into a folder, named as the loader expects them.</summary>
    internal static async Task WriteAsync(string folder, IEnumerable<Fact> facts, CancellationToken ct)
    {
        foreach (var group in facts.GroupBy(TableOf))
            await File.WriteAllTextAsync(Path.Combine(folder, $"{group.Key}.csv"), Of(group), ct);
    }

    internal static FactTable TableOf(Fact fact) => FactTable.All.Single(t => t.Record == fact.GetType());

    private static string TextOf(object? value) => value switch
    {
        null => "",
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum choice => FactTable.Snake(choice.ToString()),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
