using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

public sealed class WrittenAmountTests
{
    [Theory]
    [InlineData("52.08", "52.08")]
    [InlineData("52,08", "52.08")]
    [InlineData("52,5", "52.5")]
    [InlineData(" 1 250,00 ", "1250.00")]
    [InlineData("1'250.50", "1250.50")]
    [InlineData("1,250.00", "1250.00")]
    [InlineData("1.250,00", "1250.00")]
    [InlineData("1,250,000", "1250000")]
    [InlineData("1250", "1250")]
    [InlineData("−40,00", "-40.00")]
    [InlineData("+.5", "0.5")]
    public void An_amount_is_read_as_it_is_written_in_any_country(string text, string amount) =>
        Assert.Equal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), WrittenAmount.Read(text));

    [Theory]
    [InlineData("1,250", "write 1250.00 or 1.25.")]
    [InlineData("1.250", "write 1250.00 or 1.25.")]
    [InlineData("-12,500", "write 12500.00 or 12.50.")]
    public void What_could_be_two_amounts_is_asked_back_with_both(string text, string says) =>
        Assert.Contains(says, Assert.Throws<PayException>(() => WrittenAmount.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("abc")]
    [InlineData("12,34,56")]
    [InlineData("0,250")]
    [InlineData("1.2345")]
    [InlineData("5 EUR")]
    [InlineData("--5")]
    [InlineData(",")]
    public void What_is_none_is_refused_with_an_example(string text) =>
        Assert.Contains("is no amount; write it for example 52.08", Assert.Throws<PayException>(() => WrittenAmount.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_written_is_no_amount() => Assert.Null(WrittenAmount.Read("  "));
}
