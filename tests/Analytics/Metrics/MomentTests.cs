using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class MomentTests
{
    private static readonly DateTimeOffset Now = Given.At("2026-03-08T15:00Z");

    [Theory]
    [InlineData("2026-03-07", "2026-03-08T05:00Z")]
    [InlineData("2026-03-08", "2026-03-08T15:00Z")]
    [InlineData("2026-03-08T09:00:00-05:00", "2026-03-08T14:00Z")]
    [InlineData("2026-03-08T15:00:00Z", "2026-03-08T15:00Z")]
    public void A_day_is_its_end_and_today_is_now(string text, string at)
    {
        Assert.True(Read(text, out var moment, out _));
        Assert.Equal(Given.At(at), moment);
    }

    [Theory]
    [InlineData("2026-03-09")]
    [InlineData("2030-01-01")]
    [InlineData("2026-03-08T15:00:01Z")]
    public void What_is_to_come_is_refused(string text)
    {
        Assert.False(Read(text, out _, out var refusal));
        Assert.Equal($"'{text}' is in the future: nobody knows yet what will be known then.", refusal);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-02-30")]
    public void What_is_no_moment_is_refused_with_the_forms_there_are(string text)
    {
        Assert.False(Read(text, out _, out var refusal));
        Assert.Equal($"'{text}' is no moment; expected {Moment.Forms}.", refusal);
    }

    private static bool Read(string text, out DateTimeOffset at, out string? refusal) =>
        Moment.TryRead(text, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), Now, out at, out refusal);
}
