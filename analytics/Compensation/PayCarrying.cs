namespace Followthrough.Analytics.Compensation;

/// <summary>Puts what came before beside what the period itself comes to.</summary>
internal static class PayCarrying
{
    /// <summary>The statements with their adjustments and what was left over; who has nothing else gets one of his own.</summary>
    public static IReadOnlyList<PayStatement> With(
        IReadOnlyList<PayStatement> own, PayQuestions questions, IReadOnlyList<(string Staff, string Name, StatementAdjustment Line)> lines, IReadOnlyList<PayStatement> before)
    {
        var (people, left) = (own.ToDictionary(s => s.Staff), before.Where(s => s.CarriedOut < 0).ToDictionary(s => s.Staff));
        foreach (var (staff, name) in lines.Select(l => (l.Staff, l.Name)).Concat(left.Values.Select(s => (s.Staff, s.StaffName))))
            people.TryAdd(staff, Empty(questions, staff, name));
        var added = lines.ToLookup(l => l.Staff, l => l.Line);
        return
        [
            .. people.Values.OrderBy(s => s.Staff, StringComparer.Ordinal)
                .Select(s => s with { Adjustments = [.. added[s.Staff]], CarriedIn = left.GetValueOrDefault(s.Staff)?.CarriedOut ?? 0 }),
        ];
    }

    /// <summary>Of who has no days in the plan.</summary>
    public static PayStatement Empty(PayQuestions questions, string staff, string name) => new()
    {
        Operations = PayPlan.Operations,
        Plan = questions.Plan.Id,
        PlanName = questions.Plan.Name,
        Period = questions.Period.Label,
        AsOf = questions.AsOf,
        Currency = questions.Plan.Currency,
        Decimals = questions.Plan.Decimals,
        DisputeDays = questions.Plan.DisputeDays,
        Staff = staff,
        StaffName = name,
        Segments = [],
        Earned = 0,
        Paid = 0,
        Own = 0,
        Held = 0,
    };
}
