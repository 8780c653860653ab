namespace Followthrough.Analytics.Churn;

/// <summary>Puts what a model says of an account into words: features together by what staff can do, with the facts behind them.</summary>
internal sealed class Reasons
{
    private const int Most = 5, FactsOfReason = 3;

    // Less log-odds than that moves a probability by about one in a hundred.
    private const double Least = 0.05;

    private readonly FeatureTable _table;
    private readonly float[] _parts;
    private readonly int _width;
    private readonly Column[] _columns;
    private readonly int[][] _groups;

    public Reasons(FittedModel model, FeatureTable table)
    {
        (_table, _parts, _width) = (table, model.Contributions(table), model.Schema.Columns.Count);
        _columns = [.. model.Schema.Columns.Select(c => new Column(FeatureCatalogue.Find(c.Name)!, table.Column(c.Name)!.Numbers, Median(table.Column(c.Name)!.Numbers)))];
        _groups = [.. Enumerable.Range(0, _width).GroupBy(i => _columns[i].Feature.Group).Select(g => g.ToArray())];
    }

    /// <summary>Of the account in that row, the strongest first.</summary>
    public IReadOnlyList<RiskReason> Of(int row)
    {
        var parts = _parts.AsSpan(row * _width, _width).ToArray();
        return [.. _groups
            .Select(g => (Columns: g, Weight: g.Sum(i => (double)parts[i])))
            .Where(g => Math.Abs(g.Weight) >= Least)
            .OrderByDescending(g => Math.Abs(g.Weight))
            .Select(g => Reason(row, g.Columns, g.Weight, parts)).OfType<RiskReason>().Take(Most)];
    }

    // Null where every fact is as usual: to read that explains nothing.
    private RiskReason? Reason(int row, int[] columns, double weight, float[] parts)
    {
        var facts = columns.Where(i => parts[i] * weight > 0).OrderByDescending(i => Math.Abs(parts[i])).Select(i => Fact(row, _columns[i]))
            .Where(IsTelling).Take(FactsOfReason).ToList();
        if (facts.Count == 0) return null;
        var group = FeatureCatalogue.Groups.Single(g => g.Id == _columns[columns[0]].Feature.Group);
        var text = group.Action is null
            ? ReasonWords.OfKind(facts[0], _table.Column(facts[0].Feature)!.Texts?[row], weight > 0)
            : ReasonWords.OfFacts(group, facts);
        return new RiskReason(group.Id, text, Math.Round(weight, 4), facts);
    }

    private static bool IsTelling(ReasonFact fact) => fact.Usual is not { } usual || fact.Now is not { } now || ReasonWords.Number(now, fact.Unit) != ReasonWords.Number(usual, fact.Unit);

    private static ReasonFact Fact(int row, Column column)
    {
        double? now = column.Numbers is { } numbers && float.IsFinite(numbers[row]) ? numbers[row] : null;
        return new ReasonFact(column.Feature.Id, column.Feature.Name, now, column.Usual, column.Feature.Unit);
    }

    private static double? Median(float[]? numbers)
    {
        var known = numbers?.Where(float.IsFinite).Order().ToArray() ?? [];
        return known.Length == 0 || known.Length < numbers!.Length / 2 ? null : Math.Round((known[(known.Length - 1) / 2] + (double)known[known.Length / 2]) / 2, 4);
    }

    private sealed record Column(Feature Feature, float[]? Numbers, double? Usual);
}
