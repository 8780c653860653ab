using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Compensation;

/// <summary>The names and words that a plan's text is made of; the JSON Schema for editors has the same.</summary>
internal static class PlanKeys
{
    public static readonly string[] Plan =
        ["plan", "name", "currency", "decimals", "every", "cumulative", "incentive", "cap", "floor", "pool", "dispute_days", "components", "gates", "modifiers"];

    public static readonly string[] PlanNeeds = ["plan", "name", "currency", "every", "incentive", "components"];

    public static readonly string[] Limit = ["percent", "amount"];

    // What every block that asks for a metric has.
    private static readonly string[] Asking = ["id", "metric", "for", "minimum_n", "small_n"];

    public static readonly string[] AskingNeeds = ["id", "metric", "for", "minimum_n"];

    public static readonly string[] Component = [.. Asking, "weight", "points", "target", "straddling", "tiers", "rates"];

    public static readonly string[] Gate = [.. Asking, "limit", "before"];

    public static readonly string[] Modifier = [.. Asking, "points", "of"];

    public static readonly string[] Point = ["at", "pays"];

    public static readonly string[] Rate = ["from", "rate"];

    /// <summary>What is said where a plan pays on fewer cases than the catalogue judges a figure by.</summary>
    public const string Accepted = "accepted";

    public static string Word<T>(T value) where T : struct, Enum => FactTable.Snake(value.ToString());

    public static IEnumerable<string> Words<T>() where T : struct, Enum => Enum.GetValues<T>().Select(Word);
}
