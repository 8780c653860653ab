using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Amounts of pay and what happens to runs, in words. Pay is shown to the cent, however large.</summary>
internal static class PayWording
{
    private const int FiguresDecimals = 2;

    internal static string Money(decimal amount, string? currency = null) =>
        $"{(amount < 0 ? "−" : "")}{Math.Abs(amount).ToString("#,0.00", CultureInfo.InvariantCulture)}{(currency is null ? "" : $"\u00a0{currency}")}";

    internal static string Signed(decimal amount, string? currency = null) => (amount > 0 ? "+" : "") + Money(amount, currency);

    /// <summary>Every digit a factor has, for arithmetic that is followed by hand.</summary>
    internal static string Exact(decimal number) => number.ToString("#,0.############", CultureInfo.InvariantCulture);

    internal static string State(PayRunState state) => state switch
    {
        PayRunState.Draft => "Draft",
        PayRunState.Review => "Under review",
        PayRunState.Locked => "Locked",
        PayRunState.Abandoned => "Abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
    };

    internal static string Step(PayStepKind step) => step switch
    {
        PayStepKind.Prepared => "Prepared",
        PayStepKind.Recalculated => "Computed again",
        PayStepKind.Released => "Held line released",
        PayStepKind.Sent => "Sent to review",
        PayStepKind.SentBack => "Sent back",
        PayStepKind.Reviewed => "Reviewed",
        PayStepKind.Withdrawn => "Review taken back",
        PayStepKind.Approved => "Approved and locked",
        PayStepKind.Abandoned => "Abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "no such step"),
    };

    internal static string Hand(PayHand hand) => hand switch
    {
        PayHand.Prepared => "had a hand in preparing it",
        PayHand.Reviewed => "reviewed it",
        PayHand.Paid => "is paid by the plan",
        _ => throw new ArgumentOutOfRangeException(nameof(hand), hand, "no part in it"),
    };

    internal static string Kind(AdjustmentKind kind) => kind switch
    {
        AdjustmentKind.Restatement => "Known later",
        AdjustmentKind.Release => "Released",
        AdjustmentKind.Dispute => "Dispute accepted",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such adjustment"),
    };

    internal static string Line(LineState state) => state switch
    {
        LineState.Earned => "earned",
        LineState.Held => "held, not in the sum",
        LineState.Redistributed => "N/A, weight given to the others",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
    };

    /// <summary>As a sentence; n stays small.</summary>
    internal static string Why(string why) => $"{(why.StartsWith("n = ", StringComparison.Ordinal) ? why : MetricWords.Capital(why))}.";

    internal static string Name(PayInput input) => MetricCatalogue.Find(input.Metric)?.Name ?? input.Metric;

    /// <summary>The id of a line that no plan at hand explains, as words.</summary>
    internal static string Id(string component) => component.Replace('-', ' ').Replace('_', ' ');

    internal static string Whose(PayInput input) => input.For switch { MeasuredFor.Person => "own", MeasuredFor.Team => "the team's", _ => "the company's" };

    /// <summary>A measured value in its unit. Shown with as many decimals as it takes to stay on its side of every point it is compared with.</summary>
    internal static string Value(PayInput input, PayoutCurve? curve) => Value(input, curve, FiguresDecimals);

    /// <summary>The same with so many decimals, or as many more as that takes.</summary>
    internal static string Value(PayInput input, PayoutCurve? curve, int decimals) => input.Value is not { } value ? "not known"
        : $"{curve?.Show(value, decimals) ?? Math.Round(value, FiguresDecimals).ToString("0.00", CultureInfo.InvariantCulture)}{Unit(input)}";

    internal static string Range(PayInput input) => input is { Low: { } low, High: { } high }
        ? string.Create(CultureInfo.InvariantCulture, $"{low:0.0} to {high:0.0}{Unit(input)}") : "none";

    /// <summary>The rows behind an input, as they were known.</summary>
    /// <param name="frame">Of the page that leads there.</param>
    /// <param name="input">Whose rows.</param>
    /// <param name="days">What was measured.</param>
    /// <param name="asOf">The moment whose knowledge it was.</param>
    /// <param name="statement">To which statement the rows lead back, as <see cref="StatementWay"/> writes it.</param>
    internal static string Rows(PageFrame frame, PayInput input, Period days, DateTimeOffset asOf, string statement)
    {
        (string, string?)[] asked =
        [
            ("period", days.Label), ("asof", asOf.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            (input.For == MeasuredFor.Team ? "team" : "person", input.Key), (StatementWay.Parameter, statement),
        ];
        return MetricCatalogue.Find(input.Metric) is CommitmentMetric counted
            ? frame.Query.Carry("/commitments", [("kind", counted.Kind), .. asked])
            : frame.Query.Carry(MeasureRowsEndpoint.Path(input.Metric), asked);
    }

    private static string Unit(PayInput input) => MetricCatalogue.Find(input.Metric)?.Unit switch
    {
        Analytics.Metrics.Unit.Share => "\u00a0%",
        Analytics.Metrics.Unit.Days => "\u00a0days",
        Analytics.Metrics.Unit.Hours => "\u00a0h",
        Analytics.Metrics.Unit.Points => "\u00a0points",
        _ => "",
    };
}
