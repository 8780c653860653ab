using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Audits;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>Differences between what was reported and what is now known.</summary>
public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("0.138", Unit.Share, "+13.80 points")]
    [InlineData("-0.0125", Unit.Share, "−1.25 points")]
    [InlineData("0.00002", Unit.Share, "+0.002 points")]
    [InlineData("-0.0000004", Unit.Share, "−0.00004 points")]
    [InlineData("-0.04", Unit.Days, "−0.04 days")]
    [InlineData("2", Unit.Days, "+2 days")]
    [InlineData("0.004", Unit.Money, "+0.004")]
    [InlineData("0", Unit.Share, "0")]
    public void A_difference_is_never_shown_as_none(string difference, Unit unit, string shown) =>
        Assert.Equal(shown, AuditWords.Difference(decimal.Parse(difference, System.Globalization.CultureInfo.InvariantCulture), unit).Replace('\u00a0', ' '));
}
