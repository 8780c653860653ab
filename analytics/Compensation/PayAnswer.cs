using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

namespace Followthrough.Analytics.Compensation;

/// <summary>Makes inputs of a metric's figures, in the units plans are written in: shares in percent, from the counts and not from the rounded quotient.</summary>
/// <param name="Metric">What is asked.</param>
/// <param name="Question">For whom.</param>
/// <param name="Currency">The plan's, where the figure is paid a rate of; null where it is none or does not matter.</param>
/// <param name="Doubt">Why it must not be paid on; null when nothing speaks against it.</param>
internal sealed record PayAnswer(MetricDefinition Metric, PayQuestion Question, string? Currency, string? Doubt)
{
    /// <summary>For whom nothing falls under it: a volume of nothing is nothing, any other figure is not known.</summary>
    public PayInput Nothing => Metric.Aggregation == Aggregation.Sum ? Create(null, 0, null, 0) : Create(null, null, "nothing falls under it", 0);

    public PayInput Of(string? key, MetricValue value)
    {
        if (value.N == 0 && Metric.Aggregation == Aggregation.Sum) return Nothing with { Key = key };
        if (Foreign(value is MeasureValue { Currency: { } currency } ? [currency] : []) is { } foreign) return Create(key, null, foreign, value.N);
        return Create(key, WrittenUnit.Of(Metric, value), value.Reason, value.N) with
        {
            Low = WrittenUnit.Of(Metric.Unit, value.Interval?.Low),
            High = WrittenUnit.Of(Metric.Unit, value.Interval?.High),
        };
    }

    /// <summary>The same of a sum made elsewhere.</summary>
    public PayInput Of(string key, decimal sum, long n, IReadOnlyCollection<string> currencies) =>
        Foreign(currencies) is { } foreign ? Create(key, null, foreign, n) : Create(key, sum, null, n);

    private string? Foreign(IReadOnlyCollection<string> currencies) =>
        Currency is null || currencies.All(c => c == Currency) ? null : $"the amounts are in {string.Join(" and ", currencies.Order(StringComparer.Ordinal))}, and the plan pays in {Currency}";

    private PayInput Create(string? key, decimal? value, string? reason, long n) => new()
    {
        Metric = Metric.Id,
        For = Question.For,
        Key = key,
        Value = value,
        Reason = reason,
        N = n,
        Low = null,
        High = null,
        Doubt = Doubt,
        DefinitionHash = Metric.Hash,
    };
}
