using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Overview;

/// <summary>The sentence under the title: what the figures say, and nothing they do not.</summary>
internal static class Finding
{
    internal static string Of(OverviewModel model)
    {
        var (value, period) = (model.Value, model.Frame.Query.Period);
        var isOpen = model.Frame.KnownDay < period.End;
        var when = $"In {PeriodNames.Name(period)}{(isOpen ? " so far" : "")}";
        if (value.Value is not { } rate) return $"{when} there is no figure: {value.Reason}.";
        var counted = Figures.Count(value.N, "customer contact", "customer contacts");
        var kept = $"{when} we answered {Figures.Rate(rate)} of {counted} within 24 h";
        return $"{kept}{Change(model, rate)}{Weakest(model, rate)}.";
    }

    private static string Change(OverviewModel model, double rate)
    {
        if (model.Prior is not { Value: { } before, TooFew: false } || model.Value.TooFew) return "";
        var name = model.ComparedWith;
        var points = Math.Round((rate - before) * 100, 1, MidpointRounding.AwayFromZero);
        return points switch
        {
            0 => $", as many as in {name}",
            > 0 => $", {points.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} points more than in {name}",
            _ => $", {(-points).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} points fewer than in {name}",
        };
    }

    // Named only when its interval lies below the company's figure: otherwise it may be chance.
    private static string Weakest(OverviewModel model, double rate)
    {
        var team = model.Teams.Where(t => t is { Key: not null, Value: { TooFew: false, Value: not null } }).MinBy(t => t.Value.Value);
        return team is { Value.Interval.High: var high } && high < rate
            ? $"; {team.Name} answered fewest ({Figures.Rate(team.Value.Value)} of {Figures.Count(team.Value.N)})"
            : "";
    }
}
