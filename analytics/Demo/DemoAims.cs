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
        ("respond_24h", 80, 92, 98), ("call_back_1h", 20, 40, 70), ("preferred_channel", 60, 75, 88), ("cadence", 75, 88, 95), ("follow_up_30d", 25, 40, 60), ("proposal_14d", 60, 75, 90),
        ("promise_kept", 65, 80, 92), ("deliver_b0", 40, 58, 75), ("status_report", 60, 80, 92), ("acknowledge_issue", 70, 85, 95), ("resolve_issue", 20, 35, 55),
        ("invoice_14d", 55, 75, 92), ("nps_relational", 0, 25, 50),
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
        await AddAsync("demo-word", "Keeping our word", null, [new("respond_24h", 40), new("preferred_channel", 20), new("promise_kept", 20), new("cadence", 20)]);
        await AddAsync("demo-accounts", "Account management", "Account Manager",
            [new("respond_24h", 35), new("cadence", 25), new("proposal_14d", 15), new("follow_up_30d", 10), new("nps_relational", 15)]);
        await AddAsync("demo-projects", "Projects", "Project Manager", [new("respond_24h", 20), new("deliver_b0", 30), new("status_report", 20), new("promise_kept", 20), new("invoice_14d", 10)]);
        await AddAsync("demo-service", "Service", "Service Coordinator", [new("respond_24h", 40), new("acknowledge_issue", 20), new("resolve_issue", 20), new("promise_kept", 20)]);
        await transaction.CommitAsync(ct);

        Task SetAsync(TargetScope scope, string metric, DateOnly from, TargetPoints points) =>
            TargetStore.SetAsync(connection, new MetricTarget { Metric = metric, Scope = scope, From = from, To = null, Points = points }, By, now, ct);

        async Task AddAsync(string id, string name, string? title, IReadOnlyList<WeightedMetric> lines)
        {
            if ((await ScorecardStore.ReadAsync(connection, null, ct)).Versions(id).Count > 0) return;
            var faults = await ScorecardStore.AddAsync(connection, new Scorecard
            {
                Id = id,
                Version = 0,
                Name = name,
                Team = null,
                Title = title,
                From = begin,
                Lines = lines,
                Reason = "What our customers hold us to.",
                MadeAt = now,
                MadeBy = By,
            }, ct);
            if (faults.Count > 0) throw new InvalidOperationException(string.Join(' ', faults));
        }
    }
}
