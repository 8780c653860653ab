using System.Text.Json;
using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Which draft is to be made.</summary>
internal sealed record PayPeriodAsked(string? Plan, string? Period);

/// <summary>What goes with a step.</summary>
/// <param name="Words">Why; needed to send a run back and to abandon it.</param>
/// <param name="Total">What the run pays as far as who approves it saw: where it pays something else by now, nothing is locked. Null approves what it pays.</param>
internal sealed record PayWords(string? Words, decimal? Total);

/// <summary>A pay run; the sums are over the statements the viewer may see, in <paramref name="Currency"/>.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Plan">Id of the plan.</param>
/// <param name="PlanName">What people call it.</param>
/// <param name="Period">What is paid for.</param>
/// <param name="State">draft, review, locked or abandoned.</param>
/// <param name="AsOf">The moment whose knowledge it states.</param>
/// <param name="Versions">Of the plan, in force in the period.</param>
/// <param name="Currency">Null where it pays nobody.</param>
/// <param name="Statements">How many the viewer may see.</param>
/// <param name="Payable">To be paid, or paid.</param>
/// <param name="Held">What cannot be judged yet.</param>
/// <param name="Adjusted">For earlier periods.</param>
/// <param name="CarriedForward">Never more than zero.</param>
/// <param name="Unreviewed">Statements nobody has reviewed since it was last sent.</param>
/// <param name="ControlTotal">Of everybody; null before it is locked, and for who sees a part.</param>
/// <param name="ControlRows">Of everybody; null as well then.</param>
/// <param name="Sha256">Over all statements; null as well then.</param>
/// <param name="Steps">What was done to it, in its order; none in a list.</param>
internal sealed record PayRunAnswer(
    long Id, string Plan, string PlanName, PeriodAnswer Period, string State, DateTimeOffset AsOf, IReadOnlyList<int> Versions, string? Currency,
    long Statements, decimal Payable, decimal Held, decimal Adjusted, decimal CarriedForward, long Unreviewed,
    decimal? ControlTotal, int? ControlRows, string? Sha256, IReadOnlyList<PayStepAnswer> Steps)
{
    internal static PayRunAnswer Of(PayRunView view, PayScope scope, IReadOnlyList<PayStep> steps) => new(
        view.Run.Id, view.Run.Plan, view.PlanName, PeriodAnswer.Of(view.Run.Period), PageQuery.Word(view.Run.State), view.Run.AsOf, view.Run.Versions, view.Currency,
        view.Statements, view.Payable, view.Held, view.Adjusted, view.CarriedOut, view.Unreviewed,
        scope.All ? view.Run.ControlTotal : null, scope.All ? view.Run.ControlRows : null, scope.All ? view.Run.Hash : null,
        [.. steps.GroupBy(s => (s.Kind, s.At, s.By.Name)).Select(g => new PayStepAnswer(PageQuery.Word(g.Key.Kind), g.Key.At, g.Key.Name, scope.All ? g.First().Words : null))]);
}

/// <summary>Something that was done to a run; the words only for who sees all pay.</summary>
internal sealed record PayStepAnswer(string Step, DateTimeOffset At, string By, string? Words);

/// <summary>A statement's sums, and alone its whole arithmetic as it was written down, with what became of its held lines since.</summary>
internal sealed record StatementAnswer(
    long Run, string State, string Plan, string Period, string Person, string Name, string Currency, decimal Earned, decimal Adjusted, decimal CarriedIn, decimal Payable,
    decimal Held, decimal CarriedForward, decimal? PaidBefore, bool Reviewed, string Sha256, JsonElement? Document, IReadOnlyList<HeldLineAnswer>? HeldLines)
{
    internal static StatementAnswer Of(StatementView view) => Of(view, null, null);

    internal static StatementAnswer Of(StatementView view, JsonElement? document, IReadOnlyList<HeldLine>? held) => new(
        view.Run, PageQuery.Word(view.State), view.Plan, view.Period, view.Staff, view.Name, view.Currency, view.Own, view.Adjusted, view.CarriedIn, view.Payable,
        view.Held, view.CarriedOut, view.Before, view.IsReviewed || view.State == PayRunState.Locked, view.Hash, document, held is null ? null : [.. held.Select(HeldLineAnswer.Of)]);
}

/// <summary>A line of a statement that could not be judged.</summary>
/// <param name="Run">That holds it.</param>
/// <param name="Plan">Id of the plan.</param>
/// <param name="Period">Label of the period that is paid for.</param>
/// <param name="Person">Key of whose it is.</param>
/// <param name="Name">His name.</param>
/// <param name="Component">The line.</param>
/// <param name="Metric">What is measured.</param>
/// <param name="Why">Why it is held, in words.</param>
/// <param name="Amount">What it comes to, unrounded; null where that is not known.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Decisions">What later runs pay for it, the earliest first; none while it waits.</param>
internal sealed record HeldLineAnswer(
    long Run, string Plan, string Period, string Person, string Name, string Component, string Metric, string? Why, decimal? Amount, string Currency, IReadOnlyList<HeldDecisionAnswer> Decisions)
{
    internal static HeldLineAnswer Of(HeldLine line) => new(
        line.Run, line.Plan, line.Period, line.Staff, line.Name, line.Component, line.Metric, line.Why, line.Amount, line.Currency, [.. line.Decisions.Select(HeldDecisionAnswer.Of)]);
}

/// <summary>What a later run pays for a held line.</summary>
/// <param name="Run">Which.</param>
/// <param name="Period">Label of its period.</param>
/// <param name="Amount">0 where somebody decided that it pays nothing.</param>
/// <param name="Locked">Whether that run is locked; until then it can still change.</param>
/// <param name="By">Who decided it; null where a figure did that was known later.</param>
/// <param name="Words">Why he did; null as well then.</param>
/// <param name="At">When he did, or the run was locked; null while that is open.</param>
internal sealed record HeldDecisionAnswer(long Run, string Period, decimal Amount, bool Locked, string? By, string? Words, DateTimeOffset? At)
{
    internal static HeldDecisionAnswer Of(HeldDecision d) => new(d.Run, d.Period, d.Amount, d.IsLocked, d.By, d.Words, d.At);
}

/// <summary>An objection to a statement, from its raise to its decision.</summary>
internal sealed record PayDisputeAnswer(
    long Id, long Run, string Plan, string Period, string Person, string Name, string? Component, string Expected, string Evidence, DateTimeOffset RaisedAt, string RaisedBy,
    DateTimeOffset AnswerDueAt, DateTimeOffset? AnsweredAt, string? Answer, bool? AnsweredInTime, bool? Accepted, decimal? Amount, string Currency, string? Decision,
    DateTimeOffset? DecidedAt, string? DecidedBy, long? PaidInRun)
{
    internal static PayDisputeAnswer Of(PayDispute d, DateTimeOffset now) => new(
        d.Id, d.Run, d.Plan, d.Period, d.Staff, d.StaffName, d.Component, d.Expected, d.Evidence, d.RaisedAt, d.RaisedBy.Name,
        d.AnswerDueAt, d.AnsweredAt, d.Answer, d.IsKept(now), d.Accepted, d.Amount, d.Currency, d.Decision, d.DecidedAt, d.DecidedBy, d.PaidIn);
}
