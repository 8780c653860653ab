using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;
using Npgsql;

namespace Followthrough.Analytics.Demo;

/// <summary>What the made-up company aims at and judges its people by. Doing it again changes nothing.</summary>
internal static class DemoAims
{
    private const string By = "demo", ServiceTeam = "hr:T-7";

    private static readonly (string Metric, decimal Threshold, decimal Target, decimal Stretch)[] Company =
    [
        ("respond_24h", 80, 92, 98), ("resolve_issue", 70, 85, 95), ("promise_kept", 70, 88, 96), ("deliver_b0", 60, 80, 92),
        ("invoice_14d", 70, 88, 97), ("call_back_1h", 60, 75, 90), ("csat", 65, 80, 92), ("nps_relational", 10, 30, 55),
    ];

    /// <param name="db">Loaded with the demo's facts.</param>
    /// <param name="anchor">The day at whose beginning its history ends.</param>
    /// <param name="now">When it is written down.</param>
    /// <param name="ct">Stops the writing.</param>
    public static async Task WriteAsync(NpgsqlDataSource db, DateOnly anchor, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (begin, year) = (new DateOnly(anchor.Year - 3, 1, 1), new DateOnly(anchor.Year, 1, 1));
        foreach (var (metric, threshold, target, stretch) in Company) await SetAsync(TargetScope.Company, metric, begin, new TargetPoints(threshold, target, stretch));
        // Answers were to get better with the year, and one team undertook more.
        await SetAsync(TargetScope.Company, "respond_24h", year, new TargetPoints(85, 95, 99));
        await SetAsync(new TargetScope(ServiceTeam, null), "respond_24h", year, new TargetPoints(90, 97, 99.5m));
        await AddAsync("demo-word", "Keeping our word", null, [new("respond_24h", 35), new("promise_kept", 20), new("resolve_issue", 15), new("deliver_b0", 15), new("csat", 15)]);
        await AddAsync("demo-service", "Service", ServiceTeam, [new("respond_24h", 40), new("call_back_1h", 20), new("resolve_issue", 20), new("csat", 20)]);
        await transaction.CommitAsync(ct);

        Task SetAsync(TargetScope scope, string metric, DateOnly from, TargetPoints points) =>
            TargetStore.SetAsync(connection, new MetricTarget { Metric = metric, Scope = scope, From = from, To = null, Points = points }, By, now, ct);

        async Task AddAsync(string id, string name, string? team, IReadOnlyList<WeightedMetric> lines)
        {
            if ((await ScorecardStore.ReadAsync(connection, null, ct)).Versions(id).Count > 0) return;
            var faults = await ScorecardStore.AddAsync(connection, new Scorecard
            {
                Id = id, Version = 0, Name = name, Team = team, Title = null, From = begin, Lines = lines, Reason = "What our customers hold us to.", MadeAt = now, MadeBy = By,
            }, ct);
            if (faults.Count > 0) throw new InvalidOperationException(string.Join(' ', faults));
        }
    }
}
