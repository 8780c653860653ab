using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>A component whose target is another one than what is aimed at by the same metric for the same people.</summary>
/// <param name="Component">Id of the component.</param>
/// <param name="Metric">What both are of.</param>
/// <param name="Paid">The plan's target, in the unit plans are written in: shares in percent.</param>
/// <param name="Aimed">The target somebody set, in the same unit.</param>
/// <param name="Scope">Whose that target is.</param>
/// <param name="Name">What people call them: a team, a person; null for the company.</param>
public sealed record PlanTargetDifference(string Component, MetricDefinition Metric, decimal Paid, decimal Aimed, TargetScope Scope, string? Name);

/// <summary>
/// Where a plan pays by another target than the one that is set: nothing forbids it, but whoever is paid by 92 and judged by 95 should know.
/// Targets of the catalogue, which nobody set, are not compared.
/// </summary>
internal static class PlanTargetDifferences
{
    /// <summary>The differences on a day, with names, in the order of the components.</summary>
    /// <param name="db">The store.</param>
    /// <param name="plan">Valid.</param>
    /// <param name="staff">Keys of those it pays, as far as the reader may see them.</param>
    /// <param name="day">On which both are in force.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<IReadOnlyList<PlanTargetDifference>> ReadAsync(NpgsqlDataSource db, PayPlan plan, IReadOnlyCollection<string> staff, DateOnly day, CancellationToken ct)
    {
        var found = Of(plan, await TargetStore.BookAsync(db, null, ct), staff, day);
        if (found.All(d => d.Scope == TargetScope.Company)) return found;
        await using var command = db.CreateCommand("""
            select 'team', source_key, name from team where source_key = any ($1) union all select 'staff', source_key, name from staff where source_key = any ($2)
            """);
        command.Parameters.AddWithValue(found.Where(d => d.Scope.Team is not null).Select(d => d.Scope.Team!).ToArray());
        command.Parameters.AddWithValue(found.Where(d => d.Scope.Staff is not null).Select(d => d.Scope.Staff!).ToArray());
        var names = new Dictionary<(string, string), string>();
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct)) names[(row.GetString(0), row.GetString(1))] = await row.IsDBNullAsync(2, ct) ? row.GetString(1) : row.GetString(2);
        return [.. found.Select(d => d with { Name = NameOf(d.Scope, names) })];
    }

    /// <summary>The same by a book of targets; without names.</summary>
    public static IReadOnlyList<PlanTargetDifference> Of(PayPlan plan, TargetBook book, IReadOnlyCollection<string> staff, DateOnly day) =>
        [.. plan.Components.OfType<CurveComponent>().SelectMany(component => Of(component, plan.Every, book, staff, day))];

    private static IEnumerable<PlanTargetDifference> Of(CurveComponent component, PayFrequency every, TargetBook book, IReadOnlyCollection<string> staff, DateOnly day)
    {
        // Targets of sums are a quarter's.
        if (MetricCatalogue.Find(component.Metric) is not { } metric || (metric.Aggregation == Aggregation.Sum && every != PayFrequency.Quarter)) return [];
        return ScopesOf(component, book, staff, day).Select(scope => book.On(metric, scope, day)).Distinct()
            .Where(target => target is { Scope: not null } && target.Points.Target != component.Target)
            .Select(target => new PlanTargetDifference(component.Id, metric, component.Target, target!.Points.Target, target.Scope!, null))
            .OrderBy(d => d.Scope.Team is not null || d.Scope.Staff is not null).ThenBy(d => d.Scope.Team ?? d.Scope.Staff, StringComparer.Ordinal);
    }

    private static IEnumerable<TargetScope> ScopesOf(CurveComponent component, TargetBook book, IReadOnlyCollection<string> staff, DateOnly day) => component.For switch
    {
        MeasuredFor.Company => [TargetScope.Company],
        MeasuredFor.Team => staff.Count == 0 ? [TargetScope.Company] : staff.Select(person => new TargetScope(book.TeamOf(person, day), null)).Distinct(),
        _ => staff.Count == 0 ? [TargetScope.Company] : staff.Select(person => new TargetScope(null, person)),
    };

    private static string? NameOf(TargetScope scope, Dictionary<(string, string), string> names) => scope switch
    {
        { Staff: { } staff } => names.GetValueOrDefault(("staff", staff), staff),
        { Team: { } team } => names.GetValueOrDefault(("team", team), team),
        _ => null,
    };
}
