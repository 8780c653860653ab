using System.Globalization;

namespace Followthrough.Analytics.Churn;

/// <summary>A column that seems to know the outcome, and why it seems so.</summary>
internal sealed record Leak(string Column, string Why);

/// <summary>Looks for columns that cannot have been known before the outcome. What is found stops a training until somebody leaves it out.</summary>
internal static class LeakGuard
{
    /// <summary>The name under which the order of the rows is judged.</summary>
    public const string RowOrder = "(order of the rows)";

    // Honest churn data ends at about 0.85 with all columns together.
    private const double TooGood = 0.9;
    private const int Several = 30;
    private const double Certain = 0.995;
    private const double Unique = 0.98;
    private const double Surprising = 5;
    private const int Groups = 50;
    private const double SameMean = 1e-5;

    /// <summary>
    /// Checks a table of unknown making. Of one that was made from facts known at its cuts (<paramref name="isMade"/>) only what is too good
    /// to be true is judged: there a customer who has been silent for two years may well be sure to have left, and rows come in the order of the cuts.
    /// </summary>
    public static IReadOnlyList<Leak> Check(LabelledTable table, bool isMade = false)
    {
        var leaks = table.Features.Columns.Select(c => c.Numbers is { } numbers ? OfNumbers(c.Name, numbers, table.Left, isMade) : OfTexts(c.Name, c.Texts!, table.Left, isMade)).OfType<Leak>().ToList();
        if (!isMade && IsOrdered([.. Enumerable.Range(0, table.Rows).Select(i => (double)i)], table.Left))
            leaks.Add(new Leak(RowOrder, "those who left do not lie evenly among the others: the file may be ordered by the outcome"));
        return leaks;
    }

    private static Leak? OfNumbers(string name, float[] numbers, bool[] left, bool isMade)
    {
        var known = Enumerable.Range(0, numbers.Length).Where(i => float.IsFinite(numbers[i])).ToArray();
        var (values, outcomes) = (Array.ConvertAll(known, i => (double)numbers[i]), Array.ConvertAll(known, i => left[i]));
        if (Alone(values, outcomes) is { } good) return new Leak(name, good);
        var groups = Grouped(values, outcomes);
        if (!isMade && Sure(groups.Append([.. left.Where((_, i) => !float.IsFinite(numbers[i]))]))) return new Leak(name, "all customers with some of its values left");
        if (IsTargetMean(values, outcomes)) return new Leak(name, "each of its values is the share of those with it who left: it was made from the outcome");
        return values.Length >= Several && values.All(double.IsInteger) && values.Distinct().Count() >= Unique * values.Length && IsOrdered(values, outcomes)
            ? new Leak(name, "it numbers the rows, and the numbers follow the outcome") : null;
    }

    private static Leak? OfTexts(string name, string?[] texts, bool[] left, bool isMade)
    {
        var groups = texts.Select((t, i) => (Text: t ?? "", Left: left[i])).GroupBy(x => x.Text, x => x.Left).Select(g => (Text: g.Key, Left: g.ToArray())).ToList();
        if (texts.Length >= Several && groups.Count >= Unique * texts.Length) return new Leak(name, "it has a value of its own in nearly every row: it names customers and says nothing about others");
        if (!isMade && Sure(groups.Select(g => g.Left))) return new Leak(name, "all customers with some of its values left");
        var scores = ByOtherHalf(texts, left);
        var auc = Auc(scores, left);
        return auc >= TooGood && texts.Length >= Several ? new Leak(name, Good(auc)) : null;
    }

    // Each row judged by the rows of its category in the other half, so that no category gives its own outcome away.
    private static double[] ByOtherHalf(string?[] texts, bool[] left)
    {
        var halves = Enumerable.Range(0, texts.Length).GroupBy(i => (Half: i % 2, Text: texts[i] ?? ""))
            .ToDictionary(g => g.Key, g => (g.Count(i => left[i]) + 0.5) / (g.Count() + 1));
        return [.. texts.Select((t, i) => halves.GetValueOrDefault((1 - i % 2, t ?? ""), 0.5))];
    }

    private static string? Alone(double[] values, bool[] left)
    {
        var auc = Auc(values, left);
        return Math.Max(auc, 1 - auc) >= TooGood && values.Length >= Several ? Good(Math.Max(auc, 1 - auc)) : null;
    }

    private static string Good(double auc) => string.Create(CultureInfo.InvariantCulture, $"alone it tells who left with an AUC of {auc:0.000}, more than honest data allows");

    private static bool Sure(IEnumerable<bool[]> groups) => groups.Any(g => g.Length >= Several && g.Count(l => l) >= Certain * g.Length);

    // Each value for itself, or where there are many, fifty groups of neighbours.
    private static IEnumerable<bool[]> Grouped(double[] values, bool[] left)
    {
        if (values.Distinct().Take(Groups + 1).Count() <= Groups)
            return values.Select((v, i) => (v, i)).GroupBy(x => x.v, x => left[x.i]).Select(g => g.ToArray());
        return ProbabilityMeasures.Bins(values, Groups).Select(rows => Array.ConvertAll(rows, i => left[i]));
    }

    private static bool IsTargetMean(double[] values, bool[] left)
    {
        var groups = values.Select((v, i) => (v, i)).GroupBy(x => x.v).Select(g => (Value: g.Key, N: g.Count(), Mean: g.Average(x => left[x.i] ? 1.0 : 0))).ToList();
        return groups.Count > 2 && groups.Count <= values.Length / 2 && groups.Where(g => Math.Abs(g.Value - g.Mean) < SameMean).Sum(g => g.N) >= 0.95 * values.Length;
    }

    // Further from 0.5 than chance explains: the standard error of an AUC without any information.
    private static bool IsOrdered(double[] values, bool[] left)
    {
        var (leavers, stayers) = ((double)left.Count(l => l), (double)left.Count(l => !l));
        return leavers > 0 && stayers > 0 && Math.Abs(Auc(values, left) - 0.5) > Surprising * Math.Sqrt((leavers + stayers + 1) / (12 * leavers * stayers));
    }

    private static double Auc(double[] values, bool[] left) => new RankedScores(values.Select((v, i) => new RankedCustomer(v, left[i]))).RocAuc ?? 0.5;
}
