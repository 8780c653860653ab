using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Compensation;

/// <summary>What ships with the product for who writes plans: three to start from, and the JSON Schema for editors.</summary>
internal static class PlanFiles
{
    /// <summary>Ids of the plans to start from, the usual one first.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["account-manager", "service-team", "sales-commission"];

    public static string Schema { get; } = SqlText.Read(typeof(PlanFiles), "Compensation/plan.schema.json");

    /// <summary>The text of one of <see cref="Examples"/>, paying in a currency.</summary>
    public static string Example(string id, string currency) =>
        SqlText.Read(typeof(PlanFiles), $"Compensation/{id}.yaml").Replace("currency: EUR", $"currency: {currency}", StringComparison.Ordinal);
}
