using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Charts;

/// <summary>Makes a row of months whole: one in which nothing was opened stays a gap in the line and does not vanish from the axis.</summary>
internal static class Months
{
    internal static IReadOnlyList<CommitmentGroup> Complete(
        IReadOnlyList<CommitmentGroup> groups, Period period, CommitmentMetric metric, DateTimeOffset asOf)
    {
        var known = groups.Where(group => group.Key is not null).ToDictionary(group => group.Key!, group => group.Value);
        var months = new List<CommitmentGroup>();
        for (var start = period.Start; start < period.End; start = start.AddMonths(1))
        {
            var month = Period.MonthOf(start);
            var value = known.GetValueOrDefault(month.Label) ?? CommitmentValueReader.Nothing(metric, asOf, asKnownThen: false);
            months.Add(new CommitmentGroup(month.Label, start.ToString("MMM yyyy", CultureInfo.InvariantCulture), value));
        }
        return months;
    }

    internal static IReadOnlyList<MeasureGroup> Complete(IReadOnlyList<MeasureGroup> groups, Period period, MeasureMetric metric)
    {
        var known = groups.Where(group => group.Key is not null).ToDictionary(group => group.Key!, group => group.Value);
        return
        [
            .. period.Months().Select(month => new MeasureGroup(
                month.Label, month.Start.ToString("MMM yyyy", CultureInfo.InvariantCulture),
                known.GetValueOrDefault(month.Label) ?? MeasureValueReader.Nothing(metric))),
        ];
    }
}
