using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What stands on a statement, in words: names and never keys, whose figure pays, and how much of it the reader may see.</summary>
internal static class StatementWording
{
    /// <summary>What becomes of a held line.</summary>
    internal const string Held = PlanWords.WhatIsHeld + "; until then it is in no sum.";

    /// <summary>A line by its name; where the plan measures the same twice, with whose figure it is.</summary>
    internal static string Line(PayStatement statement, string component)
    {
        if (statement.Lines.FirstOrDefault(l => l.Component == component) is not { } line) return PayWording.Id(component);
        var name = PayWording.Name(line.Input);
        var asked = line.TooFew ?? line.Input;
        var isOnce = statement.Lines.All(l => l.Component == component || PayWording.Name(l.Input) != name);
        return isOnce ? name : $"{name}, {PayWording.Whose(asked)}";
    }

    /// <summary>Whose figure it is, as a heading.</summary>
    internal static string Whose(StatementModel model, PayInput input) => (input.For, model.IsOwn) switch
    {
        (MeasuredFor.Person, true) => "Your own figure",
        (MeasuredFor.Person, false) => "Own figure",
        (MeasuredFor.Team, true) => $"Your team's figure{Named(model, input)}",
        (MeasuredFor.Team, false) => $"The team's figure{Named(model, input)}",
        _ => "The company's figure",
    };

    /// <summary>
    /// What of the rows behind a figure the reader may see, said beside its link where that is not all: a link that opens other rows than
    /// those it is paid by would look like a wrong figure. Null when it opens them all.
    /// </summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="input">The figure.</param>
    /// <param name="segment">Of the statement, which may hold the reader's own figure of the same metric; null where it is not at hand.</param>
    internal static string? Seen(Viewer viewer, PayInput input, StatementSegment? segment)
    {
        var own = segment?.Inputs.FirstOrDefault(i => i.Metric == input.Metric && i.For == MeasuredFor.Person && i.Key == viewer.Staff)?.N;
        if (viewer.Staff is not null) return input.For == MeasuredFor.Person && input.Key == viewer.Staff ? null
            : $"It is the figure of {Of(input)}; of its rows you see your own{(own is { } n ? $", {Figures.Count(n)} of {Figures.Count(input.N)}" : "")}.";
        if (viewer.Teams is not { } teams || input.For == MeasuredFor.Person || (input.Key is { } team && teams.Contains(team))) return null;
        return $"It is the figure of {Of(input)}; of its rows you see those of your teams.";
    }

    /// <summary>The days of a segment as a part of what is paid for.</summary>
    internal static string Days(StatementSegment segment, Period period)
    {
        var name = PeriodNames.Name(period);
        if (segment.From < period.Start || segment.To > period.End) return $"{CurveSteps.Number(segment.Proration)} periods of the plan up to the end of {name}";
        return segment.From == period.Start && segment.To == period.End ? $"all of {name}"
            : $"{segment.To.DayNumber - segment.From.DayNumber} of the {period.End.DayNumber - period.Start.DayNumber} days of {name}";
    }

    private static string Of(PayInput input) => input.For switch { MeasuredFor.Team => "the team", MeasuredFor.Company => "the whole company", _ => "another person" };

    private static string Named(StatementModel model, PayInput input) => input.Key is { } key && model.Teams.TryGetValue(key, out var name) ? $", {name}" : "";
}
