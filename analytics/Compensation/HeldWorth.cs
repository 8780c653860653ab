namespace Followthrough.Analytics.Compensation;

/// <summary>What a held line of a locked statement is worth, before somebody decides it.</summary>
/// <param name="Amount">What it comes to by its factors; null where that is not known.</param>
/// <param name="Most">What it can come to; null where that is not known either.</param>
internal sealed record HeldWorth(decimal? Amount, decimal? Most)
{
    /// <param name="statement">As it was locked.</param>
    /// <param name="component">The line; in each part of the period in which it is held.</param>
    /// <param name="others">What was decided so far for the statement's other held lines.</param>
    /// <exception cref="PayException">The line is not held.</exception>
    public static HeldWorth Of(PayStatement statement, string component, decimal others)
    {
        var held = statement.Lines.Where(l => l.Component == component && l.State == LineState.Held).ToList();
        if (held.Count == 0) throw new PayException("That line is not held.");
        // Of a pool all held lines of a statement have one share, and what a line weighs in it is no money.
        if (statement.Pool is { } pool) return new HeldWorth(null, Math.Max(0, pool.HeldShare - others));
        return new HeldWorth(Sum(held, l => l.Amount), Sum(held, l => l.Amount ?? l.Incentive * l.Weight * l.Proration));
    }

    /// <summary>What is paid when somebody decides so much, or leaves it to what the line comes to; zero where it pays nothing.</summary>
    /// <exception cref="PayException">It is not known how much, or it is more than was at stake.</exception>
    public decimal Decided(decimal? amount, int decimals)
    {
        if ((amount ?? Amount) is not { } decided) throw new PayException("What the line comes to is not known: say how much is paid, 0 for nothing.");
        if (decided < 0) throw new PayException("Expected an amount above zero, or 0 where it pays nothing.");
        if (amount is not null && Most is { } most && amount > PayDraft.Rounded(most, decimals))
            throw new PayException(FormattableString.Invariant($"Expected at most {PayDraft.Rounded(most, decimals):0.##}, which is what the line can come to; what is due beyond it is for a dispute to say."));
        return PayDraft.Rounded(decided, decimals);
    }

    // Null where one of them is not known.
    private static decimal? Sum(IEnumerable<StatementLine> lines, Func<StatementLine, decimal?> amount) => lines.Select(amount).Aggregate((decimal?)0, (sum, one) => sum + one);
}
