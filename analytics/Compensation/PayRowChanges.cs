using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>Why a figure is another one by now.</summary>
/// <param name="Words">What it is and was, and how many rows moved it.</param>
/// <param name="Rows">Some of them.</param>
internal sealed record ChangeCause(string Words, IReadOnlyList<ChangedRow> Rows);

/// <summary>
/// Which rows made figures other ones: those behind them then, against those behind them now. The rows of a metric are read once for
/// everybody, unless few are asked about.
/// </summary>
internal sealed class PayRowChanges(MetricReader now, MetricReader then, DateTimeOffset thenAt)
{
    // Beyond it nobody reads a list; the figure's own page has it.
    private const long MostRows = 20_000;
    private const int Named = 5;
    // Reading the rows of one person costs a part of reading everybody's.
    private const int AskedAlone = 10;

    /// <summary>The causes of all of them.</summary>
    public async Task<IReadOnlyDictionary<ChangedInput, ChangeCause>> OfAsync(IEnumerable<ChangedInput> inputs, CancellationToken ct)
    {
        var causes = new Dictionary<ChangedInput, ChangeCause>();
        foreach (var alike in inputs.Distinct().GroupBy(i => (i.Now.Metric, i.Now.For, i.From, i.To)))
        {
            var moved = await MovedAsync(alike.First(), [.. alike.Where(IsListed).Select(i => i.Now.Key ?? "").Distinct()], ct);
            foreach (var input in alike) causes[input] = Cause(input, IsListed(input) ? moved[input.Now.Key ?? ""] : []);
        }
        return causes;
    }

    // Who was or is in no team has no rows of his team.
    private static bool IsListed(ChangedInput input) => Math.Max(input.Then.N, input.Now.N) <= MostRows && (input.Now.For == MeasuredFor.Company || input.Now.Key is not null);

    private async Task<ILookup<string, ChangedRow>> MovedAsync(ChangedInput about, IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        if (keys.Count == 0) return Enumerable.Empty<ChangedRow>().ToLookup(_ => "");
        var (before, after) = (new ChangeRows(about, then, thenAt), new ChangeRows(about, now, null));
        foreach (var key in keys.Count > AskedAlone ? (IEnumerable<string?>)[null] : keys)
        {
            await before.ReadAsync(key, keys, ct);
            await after.ReadAsync(key, keys, ct);
        }
        var came = after.Rows.Where(row => !before.Rows.ContainsKey(row.Key)).Select(row => (row.Key, What: "came"));
        var went = before.Rows.Where(row => !after.Rows.ContainsKey(row.Key)).Select(row => (row.Key, What: "went"));
        var changed = after.Rows.Where(row => before.Rows.TryGetValue(row.Key, out var old) && old != row.Value).Select(row => (row.Key, What: "changed"));
        return Ordered(came).Concat(Ordered(went)).Concat(Ordered(changed)).ToLookup(
            row => row.Key.Whose, row => new ChangedRow(row.What, row.Key.Fact, row.Key.Account, row.Key.Key, about.Metric is CommitmentMetric));
    }

    // The same rows are named whenever it is computed.
    private static IEnumerable<(ChangeKey Key, string What)> Ordered(IEnumerable<(ChangeKey Key, string What)> rows) =>
        rows.OrderBy(row => row.Key.Account, StringComparer.Ordinal).ThenBy(row => row.Key.Fact, StringComparer.Ordinal).ThenBy(row => row.Key.Key, StringComparer.Ordinal);

    private static ChangeCause Cause(ChangedInput input, IEnumerable<ChangedRow> rows)
    {
        var moved = rows.ToList();
        var counts = moved.GroupBy(row => row.What).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {(g.Count() == 1 ? "row" : "rows")} {g.Key}"));
        return new ChangeCause(string.Join(": ", new[] { Words(input), string.Join(", ", counts) }.Where(w => w.Length > 0)), [.. moved.Take(Named)]);
    }

    private static string Words(ChangedInput input)
    {
        var whose = input.Now.For switch { MeasuredFor.Team => " of the team", MeasuredFor.Company => " of the company", _ => "" };
        return $"{input.Metric.Name}{whose} {Said(input.Now)} instead of {Said(input.Then)}";
    }

    private static string Said(PayInput input) => input.Doubt is not null ? "in doubt"
        : input.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, 4):0.####} (n = {input.N})") : $"not known ({input.Reason})";
}
