using System.Globalization;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.TieOuts;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>Which metrics must not be paid on for a period, because what their sources say they have is not what is stored.</summary>
internal sealed class PayDoubts
{
    private readonly IReadOnlyList<Compared> _failing;

    private PayDoubts(IReadOnlyList<Compared> failing) => _failing = failing;

    public static async Task<PayDoubts> ReadAsync(NpgsqlDataSource db, TimeZoneInfo zone, CancellationToken ct) =>
        new([.. (await Compared.ReadAsync(db, zone, ct)).Where(c => c.State is TieOutState.Differs or TieOutState.NoData)]);

    /// <summary>Why, in words; null when nothing speaks against it.</summary>
    public string? Of(MetricDefinition metric, Period period)
    {
        if (_failing.Count == 0) return null;
        var facts = FactsOf(metric);
        return _failing.FirstOrDefault(c => facts.Contains(c.Fact) && Touches(c.Period, period)) is not { } total ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"the source {total.Source} says it has {total.SaidRows:N0} of {total.Fact} in {total.Period}, and {total.StoredRows:N0} are stored{Amounts(total)}");
    }

    private static HashSet<string> FactsOf(MetricDefinition metric) => metric switch
    {
        CommitmentMetric counted => [.. CommitmentRule.Of(counted.Kind).Inputs],
        MeasureMetric measure => [.. CommitmentRule.FactsIn(measure.Sql), .. measure.Kinds.SelectMany(kind => CommitmentRule.Of(kind).Inputs)],
        _ => [],
    };

    private static string Amounts(Compared total) => total.RowsDifference == 0 && total.AmountDifference is { } difference
        ? string.Create(CultureInfo.InvariantCulture, $", with an amount that differs by {difference:N2}") : "";

    // What is said of everything is said of each period.
    private static bool Touches(string label, Period period) => !Period.TryParse(label, out var said) || (said.Start < period.End && period.Start < said.End);
}
