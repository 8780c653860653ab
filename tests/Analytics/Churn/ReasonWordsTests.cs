using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

public sealed class ReasonWordsTests
{
    private static readonly FeatureGroup Answers = FeatureCatalogue.Groups.Single(g => g.Id == "answers");

    [Fact]
    public void What_can_be_acted_on_is_told_by_its_facts_beside_what_is_usual() => Assert.Equal(
        "Answers: mean time to our answer 48 hours, usually 6 hours; answers later than due 50 %, usually 10 %.",
        ReasonWords.OfFacts(Answers, [new("answer_hours", "Mean time to our answer", 48, 6, "hours"), new("late_answer_share", "Answers later than due", 0.5, 0.1, "%")]));

    [Fact]
    public void What_is_not_known_is_told_by_what_that_means_and_once() => Assert.Equal(
        "Answers: no question from them in 180 days.",
        ReasonWords.OfFacts(Answers, [new("answer_hours", "Mean time to our answer", null, 6, "hours"), new("late_answer_share", "Answers later than due", null, 0.1, "%")]));

    [Fact]
    public void Every_feature_that_can_be_unknown_says_what_that_means() =>
        Assert.All(FeatureCatalogue.All, feature => Assert.Equal(feature.Meaning.Contains("unknown", StringComparison.OrdinalIgnoreCase) || feature.Id == "late_answer_share_60d", feature.Unknown is not null));

    [Theory]
    [InlineData("segment", "Segment", "small", true, "Customers of the segment “small” leave more often here.")]
    [InlineData("segment", "Segment", "key", false, "Customers of the segment “key” leave less often here.")]
    [InlineData("region", "Region", "North", true, "Customers in the region “North” leave more often here.")]
    [InlineData("region", "Region", null, true, "Customers without a region leave more often here.")]
    public void What_kind_of_customer_it_is_is_said_with_what_it_means(string feature, string name, string? text, bool leaves, string expected) =>
        Assert.Equal(expected, ReasonWords.OfKind(new ReasonFact(feature, name, null, null, ""), text, leaves));

    [Fact]
    public void So_is_how_long_it_has_been_one() => Assert.Equal(
        "Time as a customer 120 days, usually 900 days: such customers leave more often here.",
        ReasonWords.OfKind(new ReasonFact("tenure_days", "Time as a customer", 120, 900, "days"), null, leaves: true));

    [Fact]
    public void A_list_gives_first_what_one_can_act_on_and_nothing_that_speaks_for_staying()
    {
        RiskReason[] reasons =
        [
            new("profile", "Customers of the segment “small” leave more often here.", 0.9, []),
            new("orders", "Orders: …", -0.8, []),
            new("answers", "Answers: …", 0.3, []),
            new("money", "Invoices: …", 0.1, []),
        ];
        Assert.Equal(["answers", "money", "profile"], RiskReason.ForLeaving(reasons).Select(r => r.Group));
    }

    [Fact]
    public void What_is_stored_of_a_reason_is_what_it_was_made_of() =>
        Assert.DoesNotContain("actionable", ChurnJson.Write(new RiskReason("answers", "Answers.", 1, [])), StringComparison.OrdinalIgnoreCase);
}
