using Followthrough.Dashboard.Wording;

namespace Followthrough.Tests.Dashboard.Wording;

public sealed class MomentsTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-09-12T12:03Z", "12 Sep 2026, 14:03 UTC+02:00")]
    [InlineData("2026-12-12T12:03Z", "12 Dec 2026, 13:03 UTC+01:00")]
    public void A_time_that_nothing_explains_on_hover_says_its_offset(string at, string expected) =>
        Assert.Equal(expected, Moments.Zoned(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Berlin));

    [Fact]
    public void In_UTC_it_says_so() =>
        Assert.Equal("12 Sep 2026, 12:03 UTC", Moments.Zoned(new DateTimeOffset(2026, 9, 12, 12, 3, 0, TimeSpan.Zero), TimeZoneInfo.Utc));

    [Fact]
    public void The_exact_one_names_the_zone_as_well() =>
        Assert.Equal("12 Sep 2026, 14:03:00 Europe/Berlin (UTC+02:00)", Moments.Exact(new DateTimeOffset(2026, 9, 12, 12, 3, 0, TimeSpan.Zero), Berlin));
}
