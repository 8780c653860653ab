using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

public sealed class BetaGeometricTests
{
    private static readonly BetaGeometric Published = new(0.242593, 4.413532, 0.792886, 2.425752);

    [Theory]
    [InlineData(2, 30.43, 38.86, 0.7266)]
    [InlineData(1, 1.71, 38.86, 0.2122)]
    [InlineData(0, 0, 38.86, 1)]
    [InlineData(26, 30.86, 31.0, 0.9689)]
    public void The_published_customers_are_as_likely_alive_as_published(int repeats, double last, double observed, double alive) =>
        Assert.Equal(alive, Published.Alive(new OrderHistory(repeats, last, observed)), 4);

    [Fact]
    public void Only_the_modified_model_doubts_a_customer_of_one_order()
    {
        var longAgo = new OrderHistory(0, 0, 200);
        Assert.Equal(1, Published.Alive(longAgo));
        // 1 / (1 + a/b · ((α+T)/α)^r), by hand.
        Assert.Equal(1 / (1 + 0.792886 / 2.425752 * Math.Pow(204.413532 / 4.413532, 0.242593)), Published.AliveModified(longAgo), 12);
        Assert.InRange(Published.AliveModified(longAgo), 0.5, 0.6);
    }

    [Theory]
    [InlineData(0, 0, 30)]
    [InlineData(1, 4, 30)]
    [InlineData(3, 20, 30)]
    public void The_closed_forms_are_what_integrating_over_all_customers_gives(int repeats, double last, double observed)
    {
        var model = new BetaGeometric(1.5, 4, 2, 3);
        var customer = new OrderHistory(repeats, last, observed);
        Assert.Equal(Integrated(model, customer, chances: repeats), model.Alive(customer), 5);
        Assert.Equal(Integrated(model, customer, chances: repeats + 1), model.AliveModified(customer), 5);
    }

    // Whoever is alive passed every chance to stop; whoever is not took the last one, at the last order.
    private static double Integrated(BetaGeometric m, OrderHistory c, int chances)
    {
        if (chances == 0) return 1;
        var passed = Integral(p => Math.Pow(p, m.A - 1) * Math.Pow(1 - p, m.B - 1 + chances), 1);
        var tookLast = Integral(p => Math.Pow(p, m.A) * Math.Pow(1 - p, m.B - 1 + chances - 1), 1);
        double Ordered(double until) => Integral(rate => Math.Pow(rate, m.R - 1 + c.Repeats) * Math.Exp(-rate * (m.Alpha + until)), 10);
        var (alive, stopped) = (passed * Ordered(c.Observed), tookLast * Ordered(c.Last));
        return alive / (alive + stopped);
    }

    private static double Integral(Func<double, double> f, double to)
    {
        const int steps = 200_000;
        return Enumerable.Range(0, steps).Sum(i => f((i + 0.5) * to / steps)) * to / steps;
    }
}
