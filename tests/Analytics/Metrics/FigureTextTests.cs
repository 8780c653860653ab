using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData("0.5", "0.50 USD")]
    [InlineData("999.994", "999.99 USD")]
    [InlineData("1000", "1,000 USD")]
    [InlineData("9747747.934", "9,747,748 USD")]
    [InlineData("-1234.5", "-1,235 USD")]
    [InlineData("-12.345", "-12.35 USD")]
    public void Money_has_cents_below_a_thousand_and_none_from_there(string amount, string text)
    {
        Assert.Equal(text, FigureText.Of(decimal.Parse(amount), "USD"));
        Assert.Equal(text[..^4], FigureText.Money(decimal.Parse(amount)));
    }

    [Theory]
    [InlineData(0.5, "0.50 USD")]
    [InlineData(9747747.934, "9,747,748 USD")]
    [InlineData(1e30, "1,000,000,000,000,000,000,000,000,000,000 USD")]
    public void So_has_a_figure_in_money(double amount, string text) => Assert.Equal(text, FigureText.Of(amount, Unit.Money, "USD"));

    [Fact]
    public void What_is_no_money_has_the_decimals_it_has()
    {
        Assert.Equal(["3", "2,845", "0.3333"], [FigureText.Of(3.0000000000m, null), FigureText.Of(2845m, null), FigureText.Of(1 / 3m, null)]);
        Assert.Equal("28.8092 points", FigureText.Of(28.80921, Unit.Points));
    }
}
