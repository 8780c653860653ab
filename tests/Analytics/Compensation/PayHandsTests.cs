using Followthrough.Analytics.Compensation;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PayHandsTests
{
    private static readonly PayActor Anna = new("anna", Guid.NewGuid(), null), Bert = new("bert", Guid.NewGuid(), "hr:B"), Cleo = new("cleo", Guid.NewGuid(), "hr:C");

    [Fact]
    public void Who_prepared_reviewed_or_is_paid_has_a_part_and_nobody_else()
    {
        var hands = Hands([Step(PayStepKind.Prepared, Anna), Step(PayStepKind.Sent, Anna), Step(PayStepKind.Reviewed, Bert, "hr:1")], "hr:C");

        Assert.Equal([PayHand.Prepared, PayHand.Reviewed, PayHand.Paid, PayHand.None], new[] { Anna, Bert, Cleo, new PayActor("dora", null, null) }.Select(hands.Of));
    }

    [Theory]
    [InlineData(PayStepKind.Withdrawn)]
    [InlineData(PayStepKind.SentBack)]
    [InlineData(PayStepKind.Sent)]
    public void A_review_that_was_taken_back_or_is_of_an_earlier_draft_bars_nobody(PayStepKind then)
    {
        var hands = Hands([Step(PayStepKind.Prepared, Anna), Step(PayStepKind.Sent, Anna), Step(PayStepKind.Reviewed, Bert, "hr:1"), Step(then, then == PayStepKind.Withdrawn ? Bert : Anna, then == PayStepKind.Withdrawn ? "hr:1" : null)]);

        Assert.Equal((PayHand.None, 0), (hands.Of(Bert), hands.ReviewsOf(Bert)));
    }

    [Fact]
    public void Taking_one_review_back_leaves_the_others()
    {
        var hands = Hands([Step(PayStepKind.Reviewed, Bert, "hr:1"), Step(PayStepKind.Reviewed, Bert, "hr:2"), Step(PayStepKind.Withdrawn, Bert, "hr:1")]);

        Assert.Equal((PayHand.Reviewed, 1), (hands.Of(Bert), hands.ReviewsOf(Bert)));
    }

    [Fact]
    public void The_last_who_can_approve_is_last_with_every_user_he_has()
    {
        var hands = Hands([Step(PayStepKind.Prepared, Anna)]);
        var second = new PayActor("bert at home", Guid.NewGuid(), "hr:B");

        Assert.True(hands.IsLast(Bert, [Anna, Bert, second]));
        Assert.False(hands.IsLast(Bert, [Anna, Bert, Cleo]));
        // Who could not approve anyway takes nothing away.
        Assert.False(hands.IsLast(Anna, [Anna, Bert]));
        Assert.False(hands.IsLast(new PayActor("manager", null, null), [Anna, Bert]));
    }

    private static PayHands Hands(PayStep[] steps, params string[] paid) => new(steps, paid.ToHashSet());

    private static PayStep Step(PayStepKind kind, PayActor by, string? staff = null) => new(kind, default, by, staff, null);
}
