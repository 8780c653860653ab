using Followthrough.Analytics.Targets;

namespace Followthrough.Tests.Analytics.Targets;

/// <summary>What is wrong with a target is said in words.</summary>
public sealed class TargetTextTests
{
    private static readonly TargetText Good = new() { Metric = "respond_24h", From = "2026-01-01", Threshold = "80", Target = "95", Stretch = "99" };

    [Fact]
    public void A_good_one_is_read_and_written_the_same()
    {
        var (target, faults) = Good.Read();
        Assert.Empty(faults);
        Assert.Equal(Good, TargetText.Of(target!));
        var ending = Good with { Last = "2026-03-31", Team = "hr:T1", Threshold = "", Stretch = "" };
        Assert.Equal(TargetBookTests.Day("2026-04-01"), ending.Read().Target!.To);
        Assert.Equal(ending, TargetText.Of(ending.Read().Target!));
    }

    public static TheoryData<TargetText, string> Wrong { get; } = new()
    {
        { Good with { Metric = "respond" }, "metric “respond”: expected one of the catalogue" },
        { Good with { Metric = "" }, "metric “”: expected one of the catalogue" },
        { Good with { Threshold = "96" }, "target 95: expected one above the threshold of 96" },
        { Good with { Threshold = "95" }, "target 95: expected one above the threshold of 95" },
        { Good with { Stretch = "94.9" }, "stretch 94.9: expected one above the target of 95" },
        { Good with { Metric = "reopen_rate", Threshold = "5", Target = "10", Stretch = "" }, "target 10: expected one below the threshold of 5" },
        { Good with { Metric = "reopen_rate", Threshold = "10", Target = "5", Stretch = "6" }, "stretch 6: expected one below the target of 5" },
        { Good with { Stretch = "101" }, "stretch 101: expected 0 to 100" },
        { Good with { Threshold = "-1" }, "threshold -1: expected 0 to 100" },
        { Good with { Threshold = "", Target = "0.95", Stretch = "" }, "target 0.95: expected a share in percent, for example 95" },
        { Good with { Metric = "nps_relational", Stretch = "120" }, "stretch 120: expected points from -100 to 100" },
        { Good with { Target = "ninety" }, "target “ninety”: expected a number" },
        { Good with { Target = "" }, "target “”: expected a number" },
        { Good with { Target = "95.00000000001" }, "at most 10 decimals" },
        { Good with { From = "01.01.2026" }, "from_day “01.01.2026”: expected a day like 2026-01-01" },
        { Good with { From = "" }, "from_day “”: expected a day" },
        { Good with { Last = "2025-12-31" }, "last_day 2025-12-31: expected a day not before from_day" },
        { Good with { Team = "hr:T1", Person = "hr:S1" }, "expected one of them at most" },
        { Good with { Metric = "mystery_shop", Person = "hr:S1" }, "never of one person" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_names_the_field_and_what_was_expected(TargetText text, string said)
    {
        var (target, faults) = text.Read();
        Assert.Null(target);
        Assert.Contains(faults, fault => fault.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("slip_p50", "5", "0", "-5")]
    [InlineData("ttm_revenue_retention", "95", "105", "120")]
    public void A_target_of_zero_and_a_share_beyond_100_can_be_meant(string metric, string threshold, string target, string stretch) =>
        Assert.Empty((Good with { Metric = metric, Threshold = threshold, Target = target, Stretch = stretch }).Read().Faults);
}
