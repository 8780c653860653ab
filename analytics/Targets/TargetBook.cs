using System.Collections.Frozen;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Targets;

/// <summary>The target that is in force for somebody, and whose it is.</summary>
/// <param name="Points">What is aimed at, in the unit people write.</param>
/// <param name="Scope">Whose target it is; null for the catalogue's own.</param>
public sealed record TargetInForce(TargetPoints Points, TargetScope? Scope);

/// <summary>
/// Every target that counts, and who was in which team: the one place that says what is aimed at. A person's own comes before his team's,
/// the team's before the company's, the company's before the catalogue's. Of closed quarters their editions say it.
/// </summary>
public sealed class TargetBook
{
    private readonly FrozenDictionary<(string Metric, string? Team, string? Staff), MetricTarget[]> _targets;
    private readonly FrozenDictionary<string, TeamSpell[]> _teams;

    private readonly IReadOnlyList<ClosedBook> _closed;
    private readonly IReadOnlyDictionary<string, decimal>? _usual;

    /// <param name="targets">Those that count.</param>
    /// <param name="teams">Who was in which team.</param>
    /// <param name="closed">What closed quarters say.</param>
    /// <param name="usual">The catalogue's own targets as people write them; null for those of today.</param>
    internal TargetBook(
        IEnumerable<MetricTarget> targets, IEnumerable<TeamSpell> teams, IReadOnlyList<ClosedBook>? closed = null, IReadOnlyDictionary<string, decimal>? usual = null)
    {
        (_closed, _usual) = (closed ?? [], usual);
        _targets = targets.GroupBy(t => (t.Metric, t.Scope.Team, t.Scope.Staff)).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _teams = teams.GroupBy(t => t.Staff).ToFrozenDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>A book with nothing in it: everywhere the catalogue's own targets.</summary>
    public static TargetBook Empty { get; } = new([], []);

    /// <summary>The target for a scope on a day; null where there is none.</summary>
    public TargetInForce? On(MetricDefinition metric, TargetScope scope, DateOnly day) => Of(day).OnItsOwn(metric, scope, day);

    /// <summary>
    /// The target for a period: the one in force on its last day. Those of sums are a quarter's, so for other lengths there is none.
    /// </summary>
    public TargetInForce? In(MetricDefinition metric, TargetScope scope, Period period) => In(metric, scope, period, Of(LastDay(period)));

    /// <summary>Every target somebody set that is in force on some day of a period, by metric; what closed quarters say of theirs.</summary>
    public IReadOnlyList<MetricTarget> During(Period period) =>
    [
        .. Of(LastDay(period))._targets.Values.SelectMany(t => t).Where(t => t.From < period.End && (t.To is null || period.Start < t.To))
            .OrderBy(t => t.Metric, StringComparer.Ordinal).ThenBy(t => t.Scope.Team ?? t.Scope.Staff, StringComparer.Ordinal).ThenBy(t => t.From),
    ];

    /// <summary>The target a question's figure is held against, in the unit of figures: a team's where it is about a team, and so on.</summary>
    public double? Goal(MetricDefinition metric, MetricQuery query) => Goal(metric, query, ScopeOf(query), query.Period);

    /// <summary>The target of a group of a question's figure.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="query">The question.</param>
    /// <param name="by">What it is split by.</param>
    /// <param name="key">The group's key; null for what has none.</param>
    public double? Goal(MetricDefinition metric, MetricQuery query, Dimension by, string? key) => (by, key) switch
    {
        (_, null) => Goal(metric, query),
        (Dimension.Team, _) => Goal(metric, query, new TargetScope(key, query.Staff), query.Period),
        (Dimension.Staff, _) => Goal(metric, query, new TargetScope(query.Team, key), query.Period),
        (Dimension.Month, _) => Goal(metric, query, ScopeOf(query), Period.TryParse(key, out var month) ? month : query.Period),
        _ => Goal(metric, query),
    };

    /// <inheritdoc cref="Goal(MetricDefinition, MetricQuery)"/>
    public double Goal(CommitmentMetric metric, MetricQuery query) => Goal((MetricDefinition)metric, query) ?? metric.Target;

    /// <inheritdoc cref="Goal(MetricDefinition, MetricQuery, Dimension, string?)"/>
    public double Goal(CommitmentMetric metric, MetricQuery query, Dimension by, string? key) => Goal((MetricDefinition)metric, query, by, key) ?? metric.Target;

    /// <summary>The team somebody is in on a day; null when in none.</summary>
    public string? TeamOf(string staff, DateOnly day) =>
        Of(day)._teams.TryGetValue(staff, out var spells) ? Array.Find(spells, spell => spell.From <= day && (spell.To is null || day < spell.To))?.Team : null;

    // As now known, closed quarters are held against what is now written down.
    private double? Goal(MetricDefinition metric, MetricQuery query, TargetScope scope, Period period) =>
        In(metric, scope, period, query.AsNowKnown ? this : Of(LastDay(period))) is { } target ? WrittenUnit.Back(metric.Unit, target.Points.Target) : null;

    private static TargetInForce? In(MetricDefinition metric, TargetScope scope, Period period, TargetBook book) =>
        metric.Aggregation == Aggregation.Sum && period.Unit is not (PeriodUnit.Quarter or PeriodUnit.FiscalQuarter) ? null : book.OnItsOwn(metric, scope, LastDay(period));

    private TargetInForce? OnItsOwn(MetricDefinition metric, TargetScope scope, DateOnly day)
    {
        var team = scope.Team ?? (scope.Staff is null ? null : TeamOf(scope.Staff, day));
        return (scope.Staff is null ? null : Find(metric, null, scope.Staff, day))
            ?? (team is null ? null : Find(metric, team, null, day))
            ?? Find(metric, null, null, day)
            ?? (Usual(metric) is { } usual ? new TargetInForce(new TargetPoints(null, usual, null), null) : null);
    }

    private decimal? Usual(MetricDefinition metric) => _usual is not null ? _usual.TryGetValue(metric.Id, out var kept) ? kept : null
        : metric.Goal is { } usual ? WrittenUnit.Of(metric.Unit, usual) : null;

    private TargetBook Of(DateOnly day) => _closed.FirstOrDefault(closed => closed.From <= day && day < closed.To)?.Book ?? this;

    private TargetInForce? Find(MetricDefinition metric, string? team, string? staff, DateOnly day) =>
        _targets.TryGetValue((metric.Id, team, staff), out var all) && Array.Find(all, target => target.Holds(day)) is { } found
            ? new TargetInForce(found.Points, found.Scope)
            : null;

    // Who sees but himself or one team asks about them without saying so.
    private static TargetScope ScopeOf(MetricQuery query) => new(
        Named(query.Team) ?? (query.Viewer.Teams is [var team] ? team : null),
        Named(query.Staff) ?? Named(query.Viewer.Staff));

    private static string? Named(string? key) => string.IsNullOrEmpty(key) ? null : key;

    private static DateOnly LastDay(Period period) => period.End == DateOnly.MinValue ? period.End : period.End.AddDays(-1);
}

/// <summary>Somebody's time in a team.</summary>
/// <param name="Staff">Who.</param>
/// <param name="Team">In which.</param>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last; null while it lasts.</param>
internal sealed record TeamSpell(string Staff, string Team, DateOnly From, DateOnly? To);

/// <summary>What a closed quarter says was aimed at on its days.</summary>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Book">What was in force.</param>
internal sealed record ClosedBook(DateOnly From, DateOnly To, TargetBook Book);
