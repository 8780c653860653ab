namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Metrics about forecasts that were frozen before the outcome was known. Positive bias is forecast too much. How far off single items
/// are is stated over items, which is never less than over their sum.
/// </summary>
internal static class CatalogueForecast
{
    private const string Deals = "F = the newest forecast, by the first instant of the period, of a deal then open and expected to close in it, times its probability where given; "
        + "A = what the deal was won for in the period; slipped or lost: A = 0, never forecast: F = 0, both kept; by the rate of the first day; undefined while the period runs";

    private const string Dates = "over milestones first agreed for a day of the period; F = days from the project's start to the date forecast 30 days before that day, "
        + "else agreed by then, else first agreed; A = days from the project's start to acceptance; not accepted yet, cancelled and not due yet are excluded and counted";

    private const string Costs = "over projects accepted in the period; F = the budget that stood at the project's start, else the first one after, else 0; "
        + "A = all cost entered for the project; projects without any recorded cost are excluded and counted";

    private const string Five = "Forecast 100, 80, 50, 0, 40 and won 125, 60, 50, 10, 0";
    private const string Frozen = "Holding staff accountable: what was said before is held against what came of it";

    public static IReadOnlyList<MeasureMetric> All { get; } =
    [
        Metric("revenue_forecast_bias", "Revenue forecast bias", "RevenueForecast", "bias",
            "Whether the sales expected on the first day of the period were too high (positive) or too low, of all that was won.",
            $"sum of (F - A) / sum of A; {Deals}", $"{Five}: +10.2 %") with { DependsOnPeriod = true },
        Metric("revenue_wape", "Revenue forecast WAPE", "RevenueForecast", "wape",
            "How far off the sales expected on the first day of the period were, deal by deal, of all that was won. Too high here does not make up for too low there.",
            $"sum of |F - A| / sum of |A|, deal by deal; {Deals}", $"{Five}: 38.8 %") with { DependsOnPeriod = true },
        Metric("revenue_mape", "Revenue forecast MAPE (for comparison)", "RevenueForecast", "mape",
            "The mean percentage error that other products report. It leaves out every deal of which nothing came, so it flatters; it is here to compare with them, not to steer by.",
            $"mean of |F - A| / A over deals with A > 0, those with A = 0 excluded and counted; {Deals}", $"{Five}: 38.3 %, with one of five left out")
            with { DependsOnPeriod = true, NoBase = null },
        Metric("date_forecast_bias", "Date forecast bias", "DateForecast", "bias",
            "Whether the dates foreseen a month ahead were too late (positive) or too early, of the whole time that the work took.",
            $"sum of (F - A) / sum of A; {Dates}", "Foreseen for day 90, accepted on day 100: -10 %"),
        Metric("date_wape", "Date forecast WAPE", "DateForecast", "wape",
            "How far off the dates foreseen a month ahead were, milestone by milestone, of the whole time that the work took.",
            $"sum of |F - A| / sum of |A|, milestone by milestone; {Dates}", "Foreseen for days 90 and 50, accepted on days 100 and 40: 20 of 140, 14.3 %"),
        Metric("cost_bias", "Cost forecast bias", "CostForecast", "bias",
            "Whether the budgets with which projects began were too high (positive) or too low, of what the projects cost.",
            $"sum of (F - A) / sum of A; {Costs}", "Budgets of 80 and 50 for what cost 100 and 40: -7.1 %"),
        Metric("cost_wape", "Cost forecast WAPE", "CostForecast", "wape",
            "How far off the budgets with which projects began were, project by project, of what the projects cost.",
            $"sum of |F - A| / sum of |A|, project by project; {Costs}", "Budgets of 80 and 50 for what cost 100 and 40: 30 of 140, 21.4 %"),
    ];

    private static MeasureMetric Metric(string id, string name, string file, string variant, string words, string formula, string example) => new()
    {
        Id = id,
        Name = name,
        File = file,
        Variant = variant,
        Unit = Unit.Share,
        Better = variant == "bias" ? Better.Neither : Better.Lower,
        Aggregation = Aggregation.Ratio,
        Bounds = variant == "bias" ? Bounds.None : Bounds.NotNegative,
        InWords = words,
        Formula = formula,
        Example = example,
        Source = Frozen,
        Nothing = Nothing(file),
        NoBase = "what came of it adds up to nothing, so there is nothing to hold the forecast against",
        MinimumN = 10,
        Version = 1,
    };

    private static string Nothing(string file) => file switch
    {
        "RevenueForecast" => "nothing was forecast for this period and nothing won in it",
        "DateForecast" => "no milestone was first agreed for a day of this period and selection",
        _ => "no project was accepted in this period and selection",
    };
}
