using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Audits;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>Differences between what was reported and what is now known.</summary>
public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("0.138", "+13.80 points")]
    [InlineData("-0.0125", "−1.25 points")]
    [InlineData("0.00002", "+0.002 points")]
    [InlineData("-0.0000004", "−0.00004 points")]
    [InlineData("0", "0")]
    public void A_difference_is_never_shown_as_none(string difference, string shown) =>
        Assert.Equal(shown, AuditWords.Difference(decimal.Parse(difference, System.Globalization.CultureInfo.InvariantCulture), Unit.Share));
}
