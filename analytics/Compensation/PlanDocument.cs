using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Metrics;
using YamlDotNet.Core;

namespace Followthrough.Analytics.Compensation;

/// <summary>Reads a plan from the YAML it is written in, or says in words, with the line, all that is wrong with it.</summary>
internal static class PlanDocument
{
    private const decimal MostMoney = 100_000_000;
    private const int MostDays = 90;
    private const int LongestName = 120;

    /// <summary>The plan, or the faults.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="currency">In which the company states amounts; null where that is not known.</param>
    public static PlanReading Read(string yaml, string? currency = null)
    {
        var faults = new List<PlanFault>();
        var plan = Parse(yaml, faults) is { } root ? PlanOf(root, currency, faults) : null;
        return new PlanReading(faults.Count == 0 ? plan : null, [.. faults.Distinct().OrderBy(f => f.Line)]);
    }

    /// <summary>SHA-256 of a plan's text, in lower-case hexadecimal.</summary>
    public static string HashOf(string yaml) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));

    private static PlanNode? Parse(string yaml, List<PlanFault> faults)
    {
        try
        {
            return PlanNode.Of(PlanText.Parse(yaml), "A plan", faults);
        }
        catch (YamlException unreadable)
        {
            faults.Add(new PlanFault(Math.Max(1, (int)unreadable.Start.Line), $"This cannot be read as YAML: {unreadable.Message.TrimEnd('.')}."));
        }
        catch (InvalidOperationException)
        {
            faults.Add(new PlanFault(1, "This is no plan; expected one block of names and values, for example “plan: account-manager”."));
        }
        return null;
    }

    private static PayPlan? PlanOf(PlanNode root, string? companys, List<PlanFault> faults)
    {
        root.Only(PlanKeys.Plan, PlanKeys.PlanNeeds);
        var (id, name, every) = (PlanAsking.ReadId(root, "plan"), root.Text("name"), root.Word<PayFrequency>("every"));
        if (name?.Length > LongestName) root.Fault("name", $"“name” has {name.Length} characters; expected at most {LongestName}.");
        var currency = CurrencyOf(root);
        var incentive = root.Number("incentive", 0, MostMoney);
        var components = root.Blocks("components").Select(PlanComponents.Read).ToList();
        if (root.Has("components") && components.Count == 0) root.Fault("components", "A plan pays for something; expected at least one component.");
        var ids = root.Blocks("components").Select(c => c.Text("id")).OfType<string>().ToHashSet();
        var plan = new PayPlan
        {
            Id = id ?? "",
            Name = name ?? "",
            Currency = currency ?? "",
            Decimals = root.Has("decimals") ? root.Whole("decimals", 0, 3) ?? 2 : 2,
            Every = every ?? default,
            Cumulative = root.Flag("cumulative") ?? false,
            Incentive = incentive ?? 0,
            Cap = LimitOf(root, "cap"),
            Floor = LimitOf(root, "floor"),
            Pool = root.Number("pool", 1, MostMoney),
            DisputeDays = root.Has("dispute_days") ? root.Whole("dispute_days", 1, MostDays) ?? 10 : 10,
            Components = [.. components.OfType<PlanComponent>()],
            Gates = [.. root.Blocks("gates").Select(g => PlanComponents.ReadGate(g, ids)).OfType<PlanGate>()],
            Modifiers = [.. root.Blocks("modifiers").Select(m => PlanComponents.ReadModifier(m, ids)).OfType<PlanModifier>()],
        };
        // What a component that could not be read would weigh is not known.
        PlanChecks.Run(plan, root, companys, isWhole: components.All(c => c is not null) && faults.Count == 0);
        return plan;
    }

    private static string? CurrencyOf(PlanNode root)
    {
        if (root.Text("currency") is not { } currency) return null;
        if (Company.IsCurrency(currency) && Currencies.Contains(currency)) return currency;
        root.Fault("currency", $"“currency” is “{currency}”; expected a code of ISO 4217, for example EUR.");
        return null;
    }

    // “150 %” of the target incentive, or an amount.
    private static PayLimit? LimitOf(PlanNode root, string name)
    {
        if (!root.Has(name) || root.Block(name)?.Only(PlanKeys.Limit) is not { } limit) return null;
        var (percent, amount) = (limit.Number("percent", 0, 1_000), limit.Number("amount", 0, MostMoney));
        if (limit.Has("percent") == limit.Has("amount")) limit.Fault($"“{name}” is either a percent of the target incentive or an amount; expected exactly one of the two.");
        return percent is null && amount is null ? null : new PayLimit(percent, amount);
    }

    private static readonly HashSet<string> Currencies =
        [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => new RegionInfo(c.Name).ISOCurrencySymbol)];
}
