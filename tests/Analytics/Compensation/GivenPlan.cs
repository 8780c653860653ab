using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Plans, inputs and terms with the facts that matter; the rest is usual.</summary>
internal static class GivenPlan
{
    internal const string Rate = "respond_24h", Days = "slip_p50", Won = "won_amount";

    internal static PayPlan Plan(params PlanComponent[] components) =>
        new() { Id = "plan", Name = "Plan", Currency = "EUR", Every = PayFrequency.Quarter, Incentive = 10_000, Components = components };

    internal static CurveComponent Component(string id, decimal weight, params PayoutPoint[] points) => Component(id, Rate, weight, points);

    internal static CurveComponent Component(string id, string metric, decimal weight, params PayoutPoint[] points)
    {
        Assert.True(PayoutCurve.TryCreate(MetricCatalogue.Find(metric)!.Better, points, out var curve, out var fault), fault);
        return new CurveComponent { Id = id, Metric = metric, Weight = weight, MinimumN = 10, Curve = curve, Target = points.First(p => p.Percent == 100).X, Straddling = Straddling.Pay };
    }

    internal static CommissionComponent Commission(string id, TierRule rule, params RateTier[] tiers) => new() { Id = id, Metric = Won, MinimumN = 1, Tiers = new RateTiers(rule, tiers) };

    internal static PayInput Input(string metric, decimal? value, long n = 100, MeasuredFor measured = MeasuredFor.Person) => new()
    {
        Metric = metric,
        For = measured,
        Key = measured == MeasuredFor.Company ? null : "x",
        Value = value,
        Reason = value is null ? "nothing in this period" : null,
        N = n,
        Low = null,
        High = null,
        DefinitionHash = "hash",
    };

    internal static PayTerms Terms(decimal incentive = 10_000, decimal proration = 1, decimal paid = 0) => new() { Incentive = incentive, Proration = proration, Paid = paid };

    internal static PayResult Pays(PayPlan plan, PayTerms terms, params PayInput[] inputs) => PayCalculation.Of(plan, inputs.ToDictionary(i => new PayQuestion(i.Metric, i.For)), terms);
}
