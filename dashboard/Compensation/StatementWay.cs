using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>The way back from rows to the statement that rests on them, and what it says of them.</summary>
/// <param name="Address">Of the statement.</param>
/// <param name="Title">Whose, and of when.</param>
/// <param name="Figure">What the statement rests on here; null where the rows are not those of one of its figures.</param>
/// <param name="Seen">What of them the viewer may see, where that is not all of them.</param>
public sealed record StatementWay(string Address, string Title, PayInput? Figure, string? Seen)
{
    /// <summary>As addresses name it.</summary>
    internal const string Parameter = "statement";

    internal static string Of(long run, string staff) => FormattableString.Invariant($"{run}/{staff}");

    /// <summary>Null where the address names no statement that the viewer may see.</summary>
    internal static async Task<StatementWay?> ReadAsync(PageFrame frame, NpgsqlDataSource db, string metric, CancellationToken ct)
    {
        if (frame.Query.Statement?.Split('/', 2) is not [var number, { Length: > 0 } staff] || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var run)) return null;
        if (await new PayReader(db).StatementAsync(frame.Who.Pay, run, staff, ct) is not { } found) return null;
        var figure = FigureOf(found.Statement, metric, frame.Query);
        return new StatementWay(
            frame.Query.Carry(PayPath.Statement(run, staff), ("period", null), ("asof", null)), $"{found.Statement.StaffName}, {PeriodNames.Name(found.Run.Period)}",
            figure, figure is null ? null : StatementWording.Seen(frame.Viewer, figure, null));
    }

    // The figure over the days and of the team or person that the rows are of.
    private static PayInput? FigureOf(PayStatement statement, string metric, PageQuery query)
    {
        var whom = query.Team is not null ? MeasuredFor.Team : query.Person is not null ? MeasuredFor.Person : MeasuredFor.Company;
        return statement.Segments.Where(s => s.From == query.Period.Start && s.To == query.Period.End).SelectMany(s => s.Inputs)
            .FirstOrDefault(i => i.Metric == metric && i.For == whom && i.Key == (query.Team ?? query.Person));
    }
}
