using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>
/// Measures what plans ask for, for everybody at once: a constant number of questions however many people a plan pays. Serves statements,
/// and what-if on any plan and days.
/// </summary>
internal sealed class PayInputs(NpgsqlDataSource db, MetricReader metrics)
{
    private static readonly Viewer Everybody = Viewer.Everything("pay");

    private readonly Dictionary<(MetricQuery, Dimension?), IReadOnlyList<MetricGroup>> _asked = [];
    private PayDoubts? _doubts;
    private Company? _company;

    /// <summary>The answers to each question of the plan over the days.</summary>
    /// <param name="plan">Whose questions.</param>
    /// <param name="days">What is measured; its own segment's days only.</param>
    /// <param name="asNowKnown">Closed quarters as they are known now, in place of what was reported of them.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<PayFigures> ReadAsync(PayPlan plan, Period days, bool asNowKnown, CancellationToken ct)
    {
        _company ??= await Company.ReadAsync(db, ct);
        _doubts ??= await PayDoubts.ReadAsync(db, _company.Zone, ct);
        var figures = new PayFigures { Teams = await TeamsAsync(days, ct) };
        var volumes = plan.Components.OfType<CommissionComponent>().Select(c => new PayQuestion(c.Metric, c.For)).ToHashSet();
        var splits = volumes.Count == 0 ? [] : await CreditedShare.ReadAsync(db, days.Start, days.End, ct);
        foreach (var question in PayCalculation.Questions(plan))
        {
            var metric = MetricCatalogue.Find(question.Metric) ?? throw new ArgumentException($"There is no metric '{question.Metric}'.", nameof(plan));
            var answer = new PayAnswer(metric, question, volumes.Contains(question) ? plan.Currency : null, _doubts.Of(metric, days));
            figures.AddNothing(question, answer.Nothing);
            var query = new MetricQuery { Metric = metric.Id, Period = days, AsNowKnown = asNowKnown, WithDurations = false, Viewer = Everybody };
            if (splits.Count > 0 && volumes.Contains(question) && question.For != MeasuredFor.Company)
                await CreditAsync(figures, answer, query, splits, ct);
            else
                await AskAsync(figures, answer, query, ct);
        }
        return figures;
    }

    private async Task AskAsync(PayFigures figures, PayAnswer answer, MetricQuery query, CancellationToken ct)
    {
        if (answer.Question.For == MeasuredFor.Company)
        {
            figures.Add(answer.Question, answer.Of(null, await metrics.ValueAsync(query, ct)));
            return;
        }
        var by = answer.Question.For == MeasuredFor.Person ? Dimension.Staff : Dimension.Team;
        if (!_asked.TryGetValue((query, by), out var groups)) _asked[(query, by)] = groups = await metrics.GroupsAsync(query, by, ct);
        foreach (var group in groups.Where(g => g.Key is not null)) figures.Add(answer.Question, group.Key!, answer.Of(group.Key, group.Value));
    }

    // A shared account's volume goes to those who share it, row by row, on the day it counts; whatever else there is stays where it was.
    private async Task CreditAsync(PayFigures figures, PayAnswer answer, MetricQuery query, IReadOnlyList<CreditedShare> splits, CancellationToken ct)
    {
        var shared = splits.ToLookup(s => s.Account);
        var credited = new Dictionary<string, (decimal Amount, long N, HashSet<string> Currencies)>();
        await metrics.UseMeasureRowsAsync(query, MeasureSort.At, descending: false, async rows =>
        {
            await foreach (var row in rows.Rows.WithCancellation(ct))
            {
                if (row.Excluded is not null || row.Amount is not { } amount) continue;
                var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(row.At, _company!.Zone).DateTime);
                var holding = shared[row.Account].Where(s => s.Holds(day)).ToList();
                foreach (var overlay in holding.Where(s => s.Overlay)) Credit(overlay.Staff, amount * overlay.Share, row.Currency);
                var shares = holding.Where(s => !s.Overlay).ToList();
                foreach (var share in shares) Credit(share.Staff, amount * share.Share, row.Currency);
                if (shares.Count == 0 && (answer.Question.For == MeasuredFor.Person ? row.Staff : row.Team) is { } whose) CreditKey(whose, amount, row.Currency);
            }
        }, ct);
        foreach (var (key, (amount, n, currencies)) in credited) figures.Add(answer.Question, key, answer.Of(key, amount, n, currencies));

        void Credit(string staff, decimal amount, string? currency)
        {
            if (answer.Question.For == MeasuredFor.Person) CreditKey(staff, amount, currency);
            else if (figures.Teams.TryGetValue(staff, out var team)) CreditKey(team, amount, currency);
        }

        void CreditKey(string key, decimal amount, string? currency)
        {
            var (sum, n, currencies) = credited.TryGetValue(key, out var so) ? so : (0, 0, []);
            if (currency is not null) currencies.Add(currency);
            credited[key] = (sum + amount, n + 1, currencies);
        }
    }

    // Of several, the one joined last.
    private async Task<IReadOnlyDictionary<string, string>> TeamsAsync(Period days, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select distinct on (staff_key) staff_key, team_key from team_membership
            where not deleted and occurred_at < $1 and (ended_at is null or ended_at >= $1)
            order by staff_key, occurred_at desc, team_key
            """);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, days.Instants(_company!.Zone).To);
        await using var row = await command.ExecuteReaderAsync(ct);
        var teams = new Dictionary<string, string>();
        while (await row.ReadAsync(ct)) teams[row.GetString(0)] = row.GetString(1);
        return teams;
    }
}
