using Followthrough.Analytics.Compensation;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PaymentTests
{
    [Fact]
    public void It_is_rounded_once_at_the_end()
    {
        // Three times 0.335 is 1.005; rounded one by one they would come to 1.02.
        var third = Component(0.335m, 1, 100);
        Assert.Equal(1.01m, new Payment(2).Of([third, third, third]));
    }

    [Theory]
    [InlineData(0.125, 0.13)]
    [InlineData(0.135, 0.14)]
    [InlineData(-0.125, -0.13)]
    [InlineData(0.1249, 0.12)]
    public void Halves_go_away_from_zero(decimal earned, decimal paid) => Assert.Equal(paid, new Payment(2).Of([Component(earned, 1, 100)]));

    [Fact]
    public void Percent_weight_gate_and_days_multiply_the_target_incentive()
    {
        // 125 % of 60 % of 10,000 for 45 of 90 days, and a component whose gate failed.
        PayComponent[] plan =
        [
            Component(10_000, 0.6m, 125) with { Proration = 45 / 90m },
            Component(10_000, 0.4m, 100) with { Proration = 45 / 90m, Modifier = 0 },
        ];
        Assert.Equal(3_750m, new Payment(2).Of(plan));
    }

    [Fact]
    public void Cap_and_floor_hold_for_the_sum_before_what_was_paid_is_taken_off()
    {
        PayComponent[] plan = [Component(10_000, 0.6m, 150), Component(10_000, 0.4m, 150)];
        Assert.Equal(12_000m, new Payment(2) { Cap = 12_000 }.Of(plan));
        Assert.Equal(4_000m, new Payment(2) { Cap = 12_000, Paid = 8_000 }.Of(plan));
        Assert.Equal(500m, new Payment(2) { Floor = 500 }.Of([Component(10_000, 1, 0)]));
        Assert.Equal(-300m, new Payment(2) { Paid = 300 }.Of([]));
    }

    private static PayComponent Component(decimal incentive, decimal weight, decimal percent) => new() { Incentive = incentive, Weight = weight, Percent = percent };
}
