using System.Text.Json;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>Makes figures of the sums, durations and scores that the measures' statements return.</summary>
internal static class MeasureValueReader
{
    public static async Task<IReadOnlyList<MeasureGroup>> ReadAsync(NpgsqlDataReader reader, MetricSession session, Dimension? by, CancellationToken ct)
    {
        if (session.Measure.Aggregation == Aggregation.AccountMean) return await ScoresAsync(reader, session, by, ct);
        var groups = new List<MeasureGroup>();
        while (await reader.ReadAsync(ct))
            groups.Add(Group(reader, by, session.Measure.Aggregation is Aggregation.Median or Aggregation.NinetiethPercentile ? Duration(reader, session) : Sum(reader, session)));
        return groups;
    }

    /// <summary>The figure of a question that nothing falls under.</summary>
    public static MeasureValue Nothing(MetricSession session)
    {
        var reason = session.Measure.Nothing + (session.Query.AsOf is null ? "" : ", as far as was known then");
        // A sum of nothing is known: it is nothing.
        return session.Measure.Aggregation == Aggregation.Sum && session.Measure.Unit == Unit.Count
            ? Create(session, 0, null, 0, [])
            : Create(session, null, reason, 0, []);
    }

    /// <summary>A month of a trend in which nothing counts.</summary>
    public static MeasureValue Nothing(MeasureMetric metric) => Create(metric, DateTimeOffset.MinValue, null, metric.Nothing, 0, []);

    public static MeasureRow Row(NpgsqlDataReader row) => new()
    {
        Account = row.GetString(0),
        AccountName = row.GetString(1),
        Fact = row.GetString(2),
        Key = row.GetString(3),
        Label = Text(row, 4),
        Staff = Text(row, 5),
        StaffName = Text(row, 6),
        Team = Text(row, 7),
        TeamName = Text(row, 8),
        At = row.GetFieldValue<DateTimeOffset>(9),
        Amount = Exact(row, 10),
        Base = Exact(row, 11),
        Currency = Text(row, 12),
        Finished = row.IsDBNull(13) ? null : row.GetBoolean(13),
        Excluded = Text(row, 14),
    };

    private static MeasureValue Sum(NpgsqlDataReader row, MetricSession session)
    {
        var (n, amount, @base, currencies) = (row.GetInt64(3), Exact(row, 4), Exact(row, 5), row.GetInt64(9));
        var reasons = Reasons(row);
        var why = n == 0 ? WhyNone(session.Measure, reasons) : currencies > 1 ? $"{currencies} currencies and no reporting currency to state them in" : null;
        if (why is not null) return Create(session, null, why, n, reasons);
        var value = session.Measure.Aggregation == Aggregation.Sum ? Real(amount) : @base is null or 0 ? null : Real(amount / @base);
        var interval = value is null ? null : session.Measure.Aggregation switch
        {
            Aggregation.Share => Wilson.Of((long)amount!.Value, n),
            Aggregation.Ratio => session.Measure.Bounds.Of(
                Linearised.Of(value.Value, n, (double)@base!.Value, row.GetDouble(6), row.GetDouble(7), row.GetDouble(8)), value.Value),
            _ => null,
        };
        return Create(session, value, value is null ? session.Measure.NoBase ?? session.Measure.Nothing : null, n, reasons) with
        {
            Amount = amount,
            Base = @base,
            Currency = Text(row, 10),
            Interval = interval,
        };
    }

    private static MeasureValue Duration(NpgsqlDataReader row, MetricSession session)
    {
        var (n, median, p90, unfinished, reasons) = (row.GetInt64(3), Real(row, 4), Real(row, 5), row.GetInt64(7), Reasons(row));
        var (value, share) = session.Measure.Aggregation == Aggregation.Median ? (median, "half") : (p90, "nine of ten");
        var why = value is not null ? null : n == 0 ? WhyNone(session.Measure, reasons) : $"fewer than {share} are over: {unfinished:N0} of {n:N0} go on";
        return Create(session, value, why, n, reasons) with { Median = median, P90 = p90, FinishedOnlyMedian = Real(row, 6), Unfinished = unfinished };
    }

    private static async Task<IReadOnlyList<MeasureGroup>> ScoresAsync(NpgsqlDataReader reader, MetricSession session, Dimension? by, CancellationToken ct)
    {
        var groups = new List<MeasureGroup>();
        (string? Key, string Name, Dictionary<string, long> Reasons)? current = null;
        var (accounts, silent) = (new List<AccountScores>(), 0L);
        while (await reader.ReadAsync(ct))
        {
            if (current is { } c && c.Key != Text(reader, 0)) Close();
            current ??= (Text(reader, 0), Name(reader, by), Reasons(reader));
            if (reader.GetInt64(3) == 0) silent += reader.GetInt64(8);
            else accounts.Add(new AccountScores(reader.GetInt64(3), Metrics.Exact.Real(reader.GetDecimal(4)), reader.GetDouble(5), reader.GetInt64(6), reader.GetInt64(7)));
        }
        if (current is not null) Close();
        return groups;

        void Close()
        {
            groups.Add(new MeasureGroup(current.Value.Key, current.Value.Name, Score(session, by, accounts, silent, current.Value.Reasons)));
            (current, accounts, silent) = (null, [], 0);
        }
    }

    private static MeasureValue Score(MetricSession session, Dimension? by, List<AccountScores> answered, long silent, Dictionary<string, long> reasons)
    {
        var n = answered.Sum(a => a.N);
        if (n == 0) return Create(session, null, WhyNone(session.Measure, reasons), 0, reasons);
        var means = answered.Select(a => a.Sum / a.N).ToArray();
        var (value, respondents) = (means.Average(), RespondentMeans.Of(session.Measure, answered));
        // Who did not answer did not answer anybody: how many could have is known of the company and of kinds of customers only.
        long? population = by is Dimension.Team or Dimension.Staff or Dimension.Channel || session.Query is not { Team: null, Staff: null, Channel: null, Viewer: { Teams: null, Staff: null } }
            ? null : answered.Count + silent;
        return Create(session, value, null, n, reasons) with
        {
            // Where all accounts answered alike, drawing them again draws the same; how sure one can be is then a matter of how many were asked.
            Interval = means.Length < 2 ? null
                : means.Distinct().Count() > 1 ? session.Measure.Bounds.Of(AccountBootstrap.Of(means, value, population), value)
                : respondents.Interval is { } interval && interval.Low < interval.High ? interval : null,
            Respondents = respondents,
        };
    }

    private static MeasureValue Create(MetricSession session, double? value, string? reason, long n, Dictionary<string, long> excluded) =>
        Create(session.Measure, session.AsOf, value, reason, n, excluded);

    private static MeasureValue Create(MeasureMetric metric, DateTimeOffset asOf, double? value, string? reason, long n, Dictionary<string, long> excluded) => new()
    {
        Metric = metric.Id,
        Value = value,
        Reason = reason,
        N = n,
        Excluded = excluded,
        Interval = null,
        TooFew = n < metric.MinimumN,
        DefinitionVersion = metric.Version,
        DefinitionHash = metric.Hash,
        AsOf = asOf,
        Amount = null,
        Base = null,
        Currency = null,
        Median = null,
        P90 = null,
        FinishedOnlyMedian = null,
        Unfinished = null,
        Respondents = null,
    };

    private static MeasureGroup Group(NpgsqlDataReader row, Dimension? by, MeasureValue value) => new(Text(row, 0), Name(row, by), value);

    private static string Name(NpgsqlDataReader row, Dimension? by) => Text(row, 1) ?? Text(row, 0) ?? CommitmentValueReader.WordsForNone(by);

    private static string WhyNone(MeasureMetric measure, Dictionary<string, long> excluded) =>
        excluded.Count == 0 ? measure.Nothing : string.Join(", ", excluded.Select(e => $"{e.Value:N0} {e.Key}"));

    private static Dictionary<string, long> Reasons(NpgsqlDataReader row) => JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(2))!;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static decimal? Exact(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    private static double? Real(decimal? value) => value is { } exact ? Metrics.Exact.Real(exact) : null;

    private static double? Real(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}

/// <summary>What one account's respondents add up to; <paramref name="N"/> is 0 for an account that did not answer.</summary>
internal sealed record AccountScores(long N, double Sum, double SumOfSquares, long Above, long Below);
