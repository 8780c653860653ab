using System.Text.Json;
using Followthrough.Analytics.Commitments;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>Makes figures of the counts that Values.sql returns.</summary>
internal static class CommitmentValueReader
{
    /// <summary>Every group that a statement returns; all is one group when it is not split.</summary>
    public static async Task<IReadOnlyList<CommitmentGroup>> ReadAsync(NpgsqlDataReader reader, MetricSession session, Dimension? by, CancellationToken ct)
    {
        var groups = new List<CommitmentGroup>();
        while (await reader.ReadAsync(ct)) groups.Add(Read(reader, session.CommitmentMetric, session.AsOf, by));
        return groups;
    }

    private static CommitmentGroup Read(NpgsqlDataReader row, CommitmentMetric definition, DateTimeOffset asOf, Dimension? by)
    {
        var key = row.IsDBNull(0) ? null : row.GetString(0);
        var name = row.IsDBNull(1) ? key ?? WordsForNone(by) : row.GetString(1);
        return new CommitmentGroup(key, name, ValueOf(row, definition, asOf));
    }

    /// <summary>The figure of a question that nothing falls under.</summary>
    public static CommitmentValue Nothing(CommitmentMetric definition, DateTimeOffset asOf, bool asKnownThen)
    {
        var nothing = Create(definition, asOf, new Counts(0, 0, 0, 0, 0, 0, 0), [], null, null, null);
        return asKnownThen ? nothing with { Reason = nothing.Reason + ", as far as was known then" } : nothing;
    }

    private static CommitmentValue ValueOf(NpgsqlDataReader row, CommitmentMetric definition, DateTimeOffset asOf) => Create(
        definition, asOf,
        new Counts(row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8)),
        JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(12))!, Hours(row, 10), Hours(row, 11), Hours(row, 9));

    private static CommitmentValue Create(
        CommitmentMetric definition, DateTimeOffset asOf, Counts c, Dictionary<string, long> excluded, double? median, double? p90, double? answeredMedian)
    {
        var n = c.Kept + c.Missed;
        return new CommitmentValue
        {
            Metric = definition.Id,
            Value = Rate(c.Kept, n),
            Reason = n > 0 ? null : WhyNone(definition, c, excluded.Values.Sum()),
            N = n,
            Kept = c.Kept,
            Missed = c.Missed,
            Pending = c.Pending,
            NeverAnswered = c.NeverAnswered,
            Excluded = excluded,
            Interval = Wilson.Of(c.Kept, n),
            AnsweredOnly = new SideRate(Rate(c.Kept, c.Answered), c.Answered > 0 ? null : $"nothing was {definition.Fulfilled}", c.Kept, c.Answered),
            NextBusinessDay = new SideRate(Rate(c.BusinessKept, c.BusinessKept + c.BusinessMissed),
                c.BusinessKept + c.BusinessMissed > 0 ? null : WhyNoNextBusinessDay(definition, n),
                c.BusinessKept, c.BusinessKept + c.BusinessMissed),
            MedianHours = median,
            P90Hours = p90,
            AnsweredOnlyMedianHours = answeredMedian,
            TooFew = n < definition.MinimumN,
            DefinitionVersion = definition.Version,
            DefinitionHash = definition.Hash,
            AsOf = asOf,
        };
    }

    private static string WhyNone(CommitmentMetric definition, Counts c, long excluded) =>
        c.Pending > 0 ? $"nothing is due yet: all {c.Pending:N0} are pending"
        : excluded > 0 ? $"all {excluded:N0} were excused"
        : $"no {definition.Opens} in this period and selection";

    private static string WhyNoNextBusinessDay(CommitmentMetric definition, long n) =>
        !CommitmentRule.Of(definition.Kind).HasNextBusinessDay ? "its deadline has no next-business-day variant"
        : n > 0 ? "no business calendar is promised to these accounts"
        : "nothing was due";

    private static double? Rate(long kept, long n) => n == 0 ? null : (double)kept / n;

    private static double? Hours(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    public static string WordsForNone(Dimension? by) => by switch
    {
        Dimension.Staff => "nobody in particular",
        Dimension.Team => "no team",
        Dimension.Region => "no region",
        Dimension.Segment => "no segment",
        _ => "everything",
    };

    private sealed record Counts(
        long Kept, long Missed, long Pending, long NeverAnswered, long Answered, long BusinessKept, long BusinessMissed);
}
