using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class CatalogueTests
{
    /// <summary>Whoever changes a formula, a parameter or a statement changes its hash here, and gives the definition its next version.</summary>
    [Fact]
    public void Every_definition_is_as_approved_in_its_version() =>
        Approved.Text(string.Concat(MetricCatalogue.Definitions.Select(m => $"{m.Id} v{m.Version} {m.Hash}\n")), "Catalogue");

    [Fact]
    public void A_changed_rule_changes_the_hash_and_a_remark_does_not()
    {
        var metric = MetricCatalogue.Respond24H;
        Assert.NotEqual(metric.Hash, (metric with { OnlyMatured = true }).Hash);
        Assert.NotEqual(metric.Hash, (metric with { Formula = "something else" }).Hash);
        Assert.Equal(metric.Hash, (metric with { InWords = "said otherwise" }).Hash);
    }

    [Fact]
    public void An_explanation_says_what_it_means_and_prints_its_statement()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        MetricExplanation.Write(MetricCatalogue.Find("net_revenue")!, text);
        Assert.Contains("credit note", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("1,250", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("from revenue_line l", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("version 1, hash ", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_triangle_is_defined_and_explained_like_any_metric_but_is_no_figure()
    {
        var triangle = MetricCatalogue.Definition("cohort_repurchase")!;
        Assert.Null(MetricCatalogue.Find(triangle.Id));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        MetricExplanation.Write(triangle, text);
        Assert.Contains("from customer_order", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("date_trunc(@cohort", text.ToString(), StringComparison.Ordinal);
    }
}
