using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>Months along an axis; the quarter stands under the month it begins with, fiscal where the page is about a fiscal period.</summary>
/// <param name="Fiscal">The company's fiscal years; null counts in calendar quarters.</param>
public sealed record MonthAxis(FiscalCalendar? Fiscal)
{
    private const int MiddleOfMonth = 15;

    internal static MonthAxis Of(PageFrame frame) =>
        new(frame.Query.Period.Unit is PeriodUnit.FiscalYear or PeriodUnit.FiscalQuarter or PeriodUnit.FiscalMonth ? frame.Company.Fiscal : null);

    internal object Axis(IEnumerable<(string? Key, string Name)> months, bool boundaryGap) => new
    {
        type = "category",
        boundaryGap,
        data = months.Select(m => Label(m.Key, m.Name)),
        axisLabel = new { color = ChartColours.Grey, interval = 0, hideOverlap = false, lineHeight = 15 },
        axisTick = new { show = false },
        axisLine = new { lineStyle = new { color = ChartColours.Line } },
    };

    /// <summary>“Jul”, and under it “Q3 2026” or “FY2027 Q2” where the quarter begins.</summary>
    internal string Label(string? key, string name)
    {
        if (!DateOnly.TryParseExact(key, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)) return name;
        var month = start.ToString("MMM", CultureInfo.InvariantCulture);
        // A quarter of whole weeks begins up to three days beside the first: what the middle of the month belongs to decides.
        var middle = start.AddDays(MiddleOfMonth - 1);
        var quarter = QuarterOf(middle);
        return quarter == QuarterOf(middle.AddMonths(-1)) ? month : $"{month}\n{PeriodNames.Name(quarter)}";
    }

    private Period QuarterOf(DateOnly day) => Fiscal is null ? Period.QuarterOf(day) : Fiscal.QuarterOf(day);
}
