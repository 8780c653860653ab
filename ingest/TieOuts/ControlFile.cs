using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.TieOuts;

/// <summary>Reads control totals, and the records behind them, as a source wrote them. A wrong line refuses the whole file: half a control controls nothing.</summary>
internal static class ControlFile
{
    private static readonly string[] OfTotals = ["source", "fact", "period", "rows"];
    private static readonly string[] OfRecords = ["source", "fact", "period", "id"];

    /// <summary>The totals, in the order of the file.</summary>
    /// <exception cref="SourceFileException">One can't be read; the message names line and field.</exception>
    public static async Task<IReadOnlyList<ControlTotal>> ReadTotalsAsync(string path, CancellationToken ct)
    {
        var totals = new Dictionary<(string, string, string, string), ControlTotal>();
        await EachAsync(path, OfTotals, (record, where) =>
        {
            var total = TotalOf(record, where);
            if (!totals.TryAdd(total.Key, total)) throw Wrong(where, "says the same source, fact, period and currency as a line before");
        }, ct);
        return totals.Count > 0 ? [.. totals.Values] : throw new SourceFileException($"{Path.GetFileName(path)}: has no control totals; expected lines of {string.Join(", ", OfTotals)}.");
    }

    /// <summary>The records behind some of the totals.</summary>
    /// <exception cref="SourceFileException">One can't be read, stands twice, or belongs to none of them.</exception>
    public static async Task<Dictionary<(string, string, string, string), List<ControlRecord>>> ReadRecordsAsync(string path, IReadOnlyList<ControlTotal> totals, CancellationToken ct)
    {
        var known = totals.Select(t => t.Key).ToHashSet();
        var seen = new HashSet<((string, string, string, string), string)>();
        var records = new Dictionary<(string, string, string, string), List<ControlRecord>>();
        await EachAsync(path, OfRecords, (record, where) =>
        {
            var of = HeadOf(record, where, 0, null);
            if (!known.Contains(of.Key)) throw Wrong(where, $"belongs to no total: {of.Source} {of.Fact} {of.Period.Label} {of.Currency}".TrimEnd());
            if (record["id"].Length == 0) throw Wrong(where, "has no id");
            var id = SourceKey.Of(of.Source, record["id"]);
            if (!seen.Add((of.Key, id))) throw Wrong(where, $"{Shown.Quoted(id)} stands twice");
            if (!records.TryGetValue(of.Key, out var list)) records[of.Key] = list = [];
            list.Add(new ControlRecord(id, AmountOf(record, of.Fact, where)));
        }, ct);
        return records;
    }

    private static async Task EachAsync(string path, string[] needed, Action<SourceRecord, string> read, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new SourceFileException($"{path}: there is no such file.");
        var name = Path.GetFileName(path);
        using var source = SourceFile.Open(path, name, new SourceReading());
        await foreach (var record in source.ReadAsync(_ => null, ct))
        {
            var where = $"{name} {source.Unit} {record.Line}";
            if (record.Problem is { } problem) throw Wrong(where, problem.Message);
            if (needed.FirstOrDefault(n => record.Shape.IndexOf(n) < 0) is { } missing) throw Wrong(where, $"has no column '{missing}'; expected {string.Join(", ", needed)}, and where there are any amount, currency");
            read(record, where);
        }
    }

    private static ControlTotal TotalOf(SourceRecord record, string where)
    {
        if (!long.TryParse(record["rows"], NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
            throw Wrong(where, $"{Shown.Quoted(record["rows"])} is no number of rows; expected digits");
        var head = HeadOf(record, where, rows, null);
        return head with { Amount = AmountOf(record, head.Fact, where) };
    }

    private static ControlTotal HeadOf(SourceRecord record, string where, long rows, decimal? amount)
    {
        var source = record["source"].TrimEnd(':');
        if (source.Length == 0 || source.Contains(':', StringComparison.Ordinal)) throw Wrong(where, $"{Shown.Quoted(source)} is no source; expected how its keys begin, for example crm");
        var fact = FactTable.Find(record["fact"]) ?? throw Wrong(where, $"there is no fact {Shown.Quoted(record["fact"])}{Nearest.Hint(record["fact"], FactTable.All.Select(t => t.Name))}");
        var period = ControlTotal.PeriodOf(record["period"]) ?? throw Wrong(where, $"{Shown.Quoted(record["period"])} is no period; expected a month (2026-07), a quarter (2026-Q3) or {ControlTotal.Everything}");
        var currency = record["currency"].ToUpperInvariant();
        if (currency.Length > 0 && fact.Column("currency") is null) throw Wrong(where, $"{fact} has no currency");
        return new ControlTotal(source, fact, period, currency, rows, amount);
    }

    private static decimal? AmountOf(SourceRecord record, FactTable fact, string where)
    {
        var text = record["amount"];
        if (text.Length == 0) return null;
        if (fact.Column("amount") is null) throw Wrong(where, $"{fact} has no amount");
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount
            : throw Wrong(where, $"{Shown.Quoted(text)} is no plain decimal; expected digits with a point, for example 1234.56");
    }

    private static SourceFileException Wrong(string where, string what) => new($"{where}: {what}. Nothing of the file was taken.");
}
