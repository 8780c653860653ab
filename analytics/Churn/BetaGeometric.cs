namespace Followthrough.Analytics.Churn;

/// <summary>What is known of a customer's orders, in one unit of time.</summary>
/// <param name="Repeats">Orders after the first (x).</param>
/// <param name="Last">From the first order to the last (t_x); 0 without repeats.</param>
/// <param name="Observed">From the first order to now (T).</param>
internal sealed record OrderHistory(int Repeats, double Last, double Observed);

/// <summary>
/// Customers who order at random, at a rate of their own, until they silently stop. Rates are gamma distributed with shape
/// <paramref name="R"/> and rate <paramref name="Alpha"/>, the chance to stop after an order beta distributed with <paramref name="A"/>
/// and <paramref name="B"/>. P(alive) in closed form: Fader, Hardie and Lee, "Counting Your Customers the Easy Way" (2005), and, where one
/// may stop after the first order as well, Batislam, Denizel and Filiztekin, "Empirical Validation and Comparison of Models for Customer
/// Base Analysis" (2007).
/// </summary>
internal sealed record BetaGeometric(double R, double Alpha, double A, double B)
{
    /// <summary>BG/NBD: stopping takes a repeat order, so a customer of one order is alive for certain. A baseline to compare with.</summary>
    public double Alive(OrderHistory customer) =>
        customer.Repeats == 0 ? 1 : 1 / (1 + A / (B + customer.Repeats - 1) * Silence(customer));

    /// <summary>MBG/NBD: who ordered once may have stopped at once.</summary>
    public double AliveModified(OrderHistory customer) => 1 / (1 + A / (B + customer.Repeats) * Silence(customer));

    // How much likelier the silence since the last order is of somebody who has stopped.
    private double Silence(OrderHistory c) => Math.Pow((Alpha + c.Observed) / (Alpha + c.Last), R + c.Repeats);
}
