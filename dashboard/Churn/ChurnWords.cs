using System.Globalization;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Churn;

/// <summary>What scorings and models say, as a reader expects it.</summary>
internal static class ChurnWords
{
    /// <summary>What counts as leaving, in a sentence.</summary>
    internal static string Label(LabelDefinition label)
    {
        var what = label.Kind == LabelKind.NoOrder
            ? $"no order in the {Days(label.HorizonDays)} that begin {Days(label.GapDays)} after the cut"
            : $"a contract that ends in the {Days(label.HorizonDays)} that begin {Days(label.GapDays)} after the cut and is not renewed within {Days(label.GraceDays)}";
        var others = string.Join(", ", label.HorizonOfSegment.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {Days(s.Value)}"));
        return $"Leaving is {what}{(others.Length > 0 ? $" ({others})" : "")}; asked of customers who ordered in the {label.LookbackMonths} months before.";
    }

    internal static string Name(ModelKind kind) => kind switch
    {
        ModelKind.Recency => "Recency list",
        ModelKind.Logistic => "Logistic regression",
        ModelKind.XGBoost => "XGBoost trees",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>As stored and as programs read it.</summary>
    internal static string Id(ModelKind kind) => kind.ToString().ToLowerInvariant();

    internal static string Name(RegisteredModel model) => $"Model {model.Id}, {Name(model.Kind)}";

    /// <summary>A reason with its strongest fact, for where there is room for no more.</summary>
    internal static string Short(RiskReason reason) => !reason.IsActionable ? reason.Text
        : reason.Facts is [{ Now: null } unknown, ..] && FeatureCatalogue.Find(unknown.Feature)?.Unknown is { } clause ? $"{GroupName(reason)}: {clause}."
        : reason.Facts is [{ Usual: { } usual } first, ..]
            ? $"{GroupName(reason)}: {char.ToLowerInvariant(first.Name[0])}{first.Name[1..]} {Value(first.Now, first.Unit)}, usually {Value(usual, first.Unit)}."
        : reason.Text;

    internal static string GroupName(RiskReason reason) => FeatureCatalogue.Groups.FirstOrDefault(g => g.Id == reason.Group)?.Name ?? reason.Group;

    /// <summary>“1.6 times”.</summary>
    internal static string Times(double lift) => $"{lift.ToString("0.0", CultureInfo.InvariantCulture)} times";

    /// <summary>An amount of a risk; a dash when it is unknown.</summary>
    internal static string Money(decimal? amount, string? currency) => MeasureWords.Value((double?)amount, Unit.Money, currency);

    /// <summary>A change of a probability in points; a dash for accounts that are new to the list.</summary>
    internal static string Change(double? change) => change is { } value ? Figures.Points(value) : Figures.Undefined;

    /// <summary>The class a change is drawn with; null where nobody would notice it.</summary>
    internal static string? Class(double? change) => change switch { >= 0.005 => "worse", <= -0.005 => "better", _ => null };

    /// <summary>A fact behind a reason, with its unit.</summary>
    internal static string Value(double? value, string unit) => (value, unit) switch
    {
        (null, _) => "unknown",
        ({ } v, "%") => Figures.Rate(v),
        ({ } v, "") => v.ToString("#,0.#", CultureInfo.InvariantCulture),
        ({ } v, _) => $"{v.ToString(Math.Abs(v) < 10 ? "0.#" : "#,0", CultureInfo.InvariantCulture)}\u00a0{(v == 1 ? unit.TrimEnd('s') : unit)}",
    };

    /// <summary>A figure of a model to three places; a dash where it is not defined.</summary>
    internal static string Number(double? value) => value is { } v ? v.ToString("0.000", CultureInfo.InvariantCulture).Replace('-', '−') : Figures.Undefined;

    private static string Days(int days) => Figures.Count(days, "day", "days");
}
