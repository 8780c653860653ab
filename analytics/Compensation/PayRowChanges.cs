using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>Which rows made a figure another one: those behind it then, against those behind it now.</summary>
internal sealed class PayRowChanges(MetricReader now, MetricReader then, DateTimeOffset thenAt)
{
    // Beyond it nobody reads a list; the figure's own page has it.
    private const long MostRows = 20_000;
    private const int Named = 5;

    private static readonly Viewer Everybody = Viewer.Everything("pay");

    private readonly Dictionary<ChangedInput, (string Words, IReadOnlyList<ChangedRow> Rows)> _known = [];

    /// <summary>The cause in words, and some of the rows.</summary>
    public async Task<(string Words, IReadOnlyList<ChangedRow> Rows)> OfAsync(ChangedInput input, CancellationToken ct)
    {
        if (_known.TryGetValue(input, out var known)) return known;
        var words = Words(input);
        if (Math.Max(input.Then.N, input.Now.N) > MostRows) return _known[input] = (words, []);
        var (before, after) = (await RowsAsync(then, thenAt, input, ct), await RowsAsync(now, null, input, ct));
        var came = after.Where(row => !before.ContainsKey(row.Key)).Select(row => Row("came", row.Key)).ToList();
        var gone = before.Where(row => !after.ContainsKey(row.Key)).Select(row => Row("went", row.Key)).ToList();
        var changed = after.Where(row => before.TryGetValue(row.Key, out var old) && old != row.Value).Select(row => Row("changed", row.Key)).ToList();
        var counts = new[] { Count(came, "came"), Count(gone, "went"), Count(changed, "changed") }.OfType<string>();
        return _known[input] = (string.Join(": ", new[] { words, string.Join(", ", counts) }.Where(w => w.Length > 0)), [.. came.Concat(gone).Concat(changed).Take(Named)]);
    }

    private static string Words(ChangedInput input)
    {
        var name = MetricCatalogue.Find(input.Now.Metric)?.Name ?? input.Now.Metric;
        var whose = input.Now.For switch { MeasuredFor.Team => " of the team", MeasuredFor.Company => " of the company", _ => "" };
        return $"{name}{whose} {Said(input.Now)} instead of {Said(input.Then)}";
    }

    private static string Said(PayInput input) => input.Doubt is not null ? "in doubt"
        : input.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, 4):0.####} (n = {input.N})") : $"not known ({input.Reason})";

    private static string? Count(List<ChangedRow> rows, string what) =>
        rows.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{rows.Count} {(rows.Count == 1 ? "row" : "rows")} {what}");

    private static ChangedRow Row(string what, (string Fact, string Account, string Key, bool IsCommitment) key) => new(what, key.Fact, key.Account, key.Key, key.IsCommitment);

    private static async Task<Dictionary<(string Fact, string Account, string Key, bool IsCommitment), string>> RowsAsync(
        MetricReader reader, DateTimeOffset? asOf, ChangedInput input, CancellationToken ct)
    {
        var metric = MetricCatalogue.Find(input.Now.Metric)!;
        var query = new MetricQuery
        {
            Metric = metric.Id,
            Period = Period.Days(input.From, input.To),
            Staff = input.Now.For == MeasuredFor.Person ? input.Now.Key : null,
            Team = input.Now.For == MeasuredFor.Team ? input.Now.Key : null,
            AsOf = asOf,
            AsNowKnown = true,
            WithDurations = false,
            Viewer = Everybody,
        };
        var rows = new Dictionary<(string, string, string, bool), string>();
        if (metric is CommitmentMetric counted)
        {
            await reader.UseRowsAsync(query, CommitmentSort.OpenedAt, descending: false, async all =>
            {
                await foreach (var row in all.Rows.WithCancellation(ct)) rows[(counted.Kind, row.Account, row.CommitmentKey, true)] = row.Status.ToString();
            }, ct);
        }
        else
        {
            await reader.UseMeasureRowsAsync(query, MeasureSort.At, descending: false, async all =>
            {
                // A fact may bring several rows; together they are what it adds.
                await foreach (var row in all.Rows.WithCancellation(ct))
                {
                    var key = (row.Fact, row.Account, row.Key, false);
                    rows[key] = rows.GetValueOrDefault(key) + string.Create(CultureInfo.InvariantCulture, $"{row.Amount}/{row.Base}/{row.Finished}/{row.Excluded};");
                }
            }, ct);
        }
        return rows;
    }
}
