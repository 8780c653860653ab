using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class TwoRatesTests
{
    [Theory]
    // 45/100 against 30/100: pooled 0.375, error 0.0684653, so 2.19089 standard errors.
    [InlineData(45, 100, 30, 100, 2.19089, true)]
    [InlineData(30, 100, 45, 100, -2.19089, true)]
    [InlineData(40, 100, 30, 100, 1.48250, false)]
    public void The_difference_is_told_in_standard_errors(long kept, long n, long priorKept, long priorN, double strength, bool beyond)
    {
        var told = TwoRates.Strength(kept, n, priorKept, priorN);

        Assert.Equal(strength, told!.Value, 0.00001);
        Assert.Equal(beyond, TwoRates.BeyondChance(told.Value));
    }

    [Theory]
    [InlineData(0, 0, 3, 5)]
    [InlineData(3, 5, 0, 0)]
    [InlineData(5, 5, 7, 7)]
    [InlineData(0, 5, 0, 7)]
    public void Nothing_is_said_of_no_cases_or_of_cases_all_alike(long kept, long n, long priorKept, long priorN) =>
        Assert.Null(TwoRates.Strength(kept, n, priorKept, priorN));
}
