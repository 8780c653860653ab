namespace Followthrough.Analytics.Compensation;

/// <summary>Makes statements of what was measured. Knows neither database nor clock.</summary>
internal static class PayDraft
{
    /// <summary>The statements of everybody a plan pays for a period, by the person's key.</summary>
    /// <param name="question">Plan, period and people.</param>
    /// <param name="figures">What was measured over each segment's version and days.</param>
    public static IReadOnlyList<PayStatement> Of(PayQuestions question, IReadOnlyDictionary<(int Version, DateOnly From, DateOnly To), PayFigures> figures)
    {
        var statements = question.People
            .Select(person => Of(question, person, figures))
            .OrderBy(s => s.Staff, StringComparer.Ordinal)
            .ToList();
        return question.Plan.Pool is { } pool ? Shared(statements, pool) : statements;
    }

    private static PayStatement Of(PayQuestions question, PaidPerson person, IReadOnlyDictionary<(int Version, DateOnly From, DateOnly To), PayFigures> figures)
    {
        var segments = person.Segments.Select(s => Of(s, person.Staff, figures[(s.Version.Version, s.From, s.To)])).ToList();
        var (plan, earned) = (question.Plan, segments.Sum(s => s.Limited));
        return new PayStatement
        {
            Operations = PayPlan.Operations,
            Plan = plan.Id,
            PlanName = plan.Name,
            Period = question.Period.Label,
            AsOf = question.AsOf,
            Currency = plan.Currency,
            Decimals = plan.Decimals,
            DisputeDays = plan.DisputeDays,
            Staff = person.Staff,
            StaffName = person.Name,
            Segments = segments,
            Earned = earned,
            Paid = person.Paid,
            Own = Rounded(earned - person.Paid, plan.Decimals),
            Held = Rounded(segments.SelectMany(s => s.Lines).Where(l => l.State == LineState.Held).Sum(l => l.Amount ?? 0), plan.Decimals),
        };
    }

    private static StatementSegment Of(PaySegment segment, string staff, PayFigures figures)
    {
        var inputs = figures.Of(staff);
        var result = PayCalculation.Of(segment.Plan, inputs, new PayTerms { Incentive = segment.Incentive, Proration = segment.Proration });
        return new StatementSegment
        {
            From = segment.From,
            To = segment.To,
            Version = segment.Version.Version,
            PlanHash = segment.Version.Text.Hash,
            Team = figures.Teams.GetValueOrDefault(staff),
            Incentive = segment.Incentive,
            Proration = segment.Proration,
            Inputs = [.. inputs.Values.OrderBy(i => i.Metric, StringComparer.Ordinal).ThenBy(i => i.For)],
            Gates = [.. result.Gates.Select(g => new StatementGate(g.Gate.Id, g.Input, g.Gate.Limit, g.State, g.Why, g.Gate.Before))],
            Modifiers = [.. result.Modifiers.Select(m => new StatementModifier(m.Modifier.Id, m.Input, m.Percent, m.Why, m.Modifier.Of))],
            Lines = [.. result.Lines.Select(Of)],
            Earned = result.Earned,
            Cap = result.Cap,
            Floor = result.Floor,
            Limited = result.Limited,
        };
    }

    private static StatementLine Of(PayLine line) => new()
    {
        Component = line.Component.Id,
        IsCommission = line.Component is CommissionComponent,
        Input = line.Input,
        TooFew = line.TooFew,
        State = line.State,
        Why = line.Why,
        Percent = line.Percent,
        Weight = line.Weight,
        Incentive = line.Incentive,
        Modifier = line.Modifier,
        Proration = line.Proration,
        Amount = line.Amount,
    };

    // What is held keeps its part of the pool until it is decided: nobody else's share grows by somebody's doubt.
    private static IReadOnlyList<PayStatement> Shared(List<PayStatement> statements, decimal pool)
    {
        var weights = statements.SelectMany(s => new[] { Weight(s.Earned), Weight(s.Held) }).ToList();
        if (weights.Sum() == 0) return [.. statements.Select(s => s with { Pool = new(pool, 0, 0), Own = 0, Held = 0 })];
        var shares = LargestRemainder.Share(Rounded(pool, statements[0].Decimals), weights, statements[0].Decimals);
        return [.. statements.Select((s, i) => s with { Pool = new(pool, shares[2 * i], shares[2 * i + 1]), Own = shares[2 * i], Held = shares[2 * i + 1] })];
    }

    private static decimal Weight(decimal amount) => Math.Round(Math.Max(0, amount), 2, MidpointRounding.AwayFromZero);

    internal static decimal Rounded(decimal amount, int decimals) => Payment.Rounded(amount, decimals);
}
