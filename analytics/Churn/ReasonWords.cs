using System.Globalization;

namespace Followthrough.Analytics.Churn;

/// <summary>Reasons as sentences.</summary>
internal static class ReasonWords
{
    /// <summary>What can be acted on: its facts, beside what is usual.</summary>
    public static string OfFacts(FeatureGroup group, IEnumerable<ReasonFact> facts) => $"{group.Name}: {string.Join("; ", facts.Select(Fact).Distinct())}.";

    /// <summary>What kind of customer it is, and what that means: nobody can change it, so the fact alone says nothing.</summary>
    /// <param name="fact">What of its kind counts most.</param>
    /// <param name="text">Of a category, its value; null when unknown.</param>
    /// <param name="leaves">Whether it speaks for leaving.</param>
    public static string OfKind(ReasonFact fact, string? text, bool leaves)
    {
        var often = leaves ? "more" : "less";
        return (fact.Feature, text) switch
        {
            ("segment", { } segment) => $"Customers of the segment “{segment}” leave {often} often here.",
            ("region", { } region) => $"Customers in the region “{region}” leave {often} often here.",
            ("segment" or "region", null) => $"Customers without a {fact.Feature} leave {often} often here.",
            _ => $"{fact.Name} {BesideUsual(fact)}: such customers leave {often} often here.",
        };
    }

    /// <summary>A fact's value as a reader expects it.</summary>
    public static string Number(double? value, string unit) => value is not { } v ? "unknown" : unit switch
    {
        "%" => (100 * v).ToString("0", CultureInfo.InvariantCulture) + " %",
        "" => v.ToString("0.#", CultureInfo.InvariantCulture),
        _ => v.ToString(v < 10 ? "0.#" : "0", CultureInfo.InvariantCulture) + " " + unit,
    };

    private static string Fact(ReasonFact fact) =>
        fact.Now is null && FeatureCatalogue.Find(fact.Feature)?.Unknown is { } unknown ? unknown : $"{char.ToLowerInvariant(fact.Name[0])}{fact.Name[1..]} {BesideUsual(fact)}";

    private static string BesideUsual(ReasonFact fact) =>
        fact.Usual is { } usual ? $"{Number(fact.Now, fact.Unit)}, usually {Number(usual, fact.Unit)}" : Number(fact.Now, fact.Unit);
}
