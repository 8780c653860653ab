using Npgsql;

namespace Followthrough.Tests.Dashboard.Scorecards;

/// <summary>What a small company aims at: answers at 80, 95 and 99 %, team T2 at 40, 60 and 80 % since the quarter's last day; and a scorecard of answers and promises for everybody.</summary>
internal static class SmallScorecard
{
    internal static async Task AddAsync(NpgsqlDataSource db)
    {
        await using var add = db.CreateCommand("""
            insert into metric_target (metric, team_key, from_day, threshold, target, stretch, recorded_at, recorded_by) values
              ('respond_24h', null, '2026-01-01', 80, 95, 99, '2026-01-01T00:00:00Z', 'test'), ('respond_24h', 'hr:T2', '2026-09-30', 40, 60, 80, '2026-01-01T00:00:00Z', 'test');
            insert into scorecard (scorecard_id, version, name, from_day, ended, lines, reason, made_at, made_by)
            values ('everybody', 1, 'Ours', '2026-01-01', false, '[{"metric": "respond_24h", "weight": 80}, {"metric": "promise_kept", "weight": 20}]', 'test', '2026-01-01T00:00:00Z', 'test');
            """);
        await add.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
