using System.Text.RegularExpressions;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>What was learned since a cut-off about the facts that a metric reads, and what it makes of a row that differs.</summary>
internal sealed partial class FactChanges
{
    private static readonly string Sql = SqlText.Read(typeof(FactChanges), "Editions/FactChanges.sql");

    private static readonly string[] Calendars = ["calendar", "calendar_hours", "special_day", "account_calendar"];
    private static readonly string[] Owners = ["account_assignment", "team_membership", "staff", "team"];

    private readonly ILookup<(long Account, string Key), Change> _byKey;
    private readonly ILookup<long, Change> _byAccount;
    private readonly List<Change> _ofNobody;
    private readonly HashSet<long> _merged;

    private FactChanges(List<Change> changes, HashSet<long> merged)
    {
        _byKey = changes.Where(c => c.Account is not null).ToLookup(c => (c.Account!.Value, c.Key));
        _byAccount = changes.Where(c => c.Account is not null).ToLookup(c => c.Account!.Value);
        _ofNobody = [.. changes.Where(c => c.Account is null)];
        _merged = merged;
    }

    public static async Task<FactChanges> ReadAsync(NpgsqlDataSource db, MetricDefinition metric, Edition edition, IReadOnlyCollection<long> accounts, CancellationToken ct)
    {
        var changes = new List<Change>();
        foreach (var fact in InputsOf(metric)) changes.AddRange(await ReadAsync(db, fact, edition, accounts, ct));
        return new FactChanges(changes, await MergedAsync(db, edition.CutOff, ct));
    }

    /// <summary>Why a row that was reported as one is now the other (null: not there).</summary>
    public Cause CauseOf(FigureRow? then, FigureRow? now)
    {
        var row = (now ?? then)!;
        if (then is not null && now is not null && then.AccountId != now.AccountId) return Cause.AccountMerge;
        var direct = new[] { row.Key, then?.FulfilledBy, now?.FulfilledBy }.OfType<string>().Distinct()
            .SelectMany(key => Accounts(then, now).SelectMany(account => _byKey[(account, key)])).Where(c => !Calendars.Contains(c.Fact) && !Owners.Contains(c.Fact)).ToList();
        if (direct.Exists(c => c.Moved) || (direct.Count == 0 && Accounts(then, now).Any(_merged.Contains))) return Cause.AccountMerge;
        var around = Accounts(then, now).SelectMany(account => _byAccount[account]).ToList();
        var isAttribution = then is not null && now is not null && then.SaysTheSameAs(now);
        if (isAttribution) return Cause.ReAttribution;
        var others = direct.Count > 0 ? direct : around.Where(c => !Calendars.Contains(c.Fact) && !Owners.Contains(c.Fact) && c.Fact != "account").ToList();
        // Deadlines follow calendars; whose record changed itself is another matter.
        if (direct.Count == 0 && (then is null || now is null || then.DueAt != now.DueAt || then.Amount != now.Amount || then.Status != now.Status)
            && (others.Count == 0 || then?.DueAt != now?.DueAt) && (_ofNobody.Exists(c => Calendars.Contains(c.Fact)) || around.Exists(c => Calendars.Contains(c.Fact) || c.Fact == "account")))
            return Cause.CalendarChange;
        return OfData(others) ?? OfTheRest(then, now, around);
    }

    // The first that applies, as rows are replaced in that order.
    private static Cause? OfData(List<Change> changes) =>
        changes.Count == 0 ? null
        : changes.Exists(c => c is { Deleted: true, WasKnown: true, WasDeleted: false }) ? Cause.Deletion
        : changes.Exists(c => c.WasKnown) ? Cause.Correction
        : changes.Exists(c => c.IsLate) ? Cause.LateData : Cause.NewData;

    private Cause OfTheRest(FigureRow? then, FigureRow? now, List<Change> around)
    {
        if (around.Concat(_ofNobody).Any(c => Owners.Contains(c.Fact))) return Cause.ReAttribution;
        if (_ofNobody.Exists(c => c.Fact == "fx_rate")) return _ofNobody.Exists(c => c.Fact == "fx_rate" && c.WasKnown) ? Cause.Correction : Cause.LateData;
        // Nothing but time: what was pending fell due, what goes on is longer, what it was too early to judge is judged.
        var wasOpen = then is null or { Status: "pending" } or { Finished: false } || now is { Finished: false } || (then.Excluded is not null && now?.Excluded != then.Excluded);
        return wasOpen ? Cause.NewData : Cause.Unexplained;
    }

    private static IEnumerable<long> Accounts(FigureRow? then, FigureRow? now) => new[] { then?.AccountId, now?.AccountId }.OfType<long>().Distinct();

    // Every fact that its statements name.
    private static IEnumerable<FactTable> InputsOf(MetricDefinition metric)
    {
        var kinds = metric is CommitmentMetric rate ? [rate.Kind] : ((MeasureMetric)metric).Kinds;
        var named = Word().Matches(metric.Sql).Select(m => m.Value).Concat(kinds.SelectMany(kind => CommitmentRule.Of(kind).Inputs))
            .Concat(Owners).Append("account").ToHashSet();
        return FactTable.All.Where(f => named.Contains(f.Name));
    }

    private static async Task<List<Change>> ReadAsync(NpgsqlDataSource db, FactTable fact, Edition edition, IReadOnlyCollection<long> accounts, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql.Replace("{fact}", fact.Name, StringComparison.Ordinal)
            .Replace("{account}", fact.HasAccount ? "f.account_id" : "null::bigint", StringComparison.Ordinal)
            .Replace("{history_account}", fact.HasAccount ? "h.account_id" : "null::bigint", StringComparison.Ordinal));
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("accounts", accounts.ToArray());
        command.Parameters.AddWithValue("cut_off", edition.CutOff);
        command.Parameters.AddWithValue("last_batch", edition.LastBatch);
        await using var row = await command.ExecuteReaderAsync(ct);
        var changes = new List<Change>();
        while (await row.ReadAsync(ct))
            changes.Add(new Change(row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3) <= edition.CutOff,
                row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7)));
        return changes;
    }

    private static async Task<HashSet<long>> MergedAsync(NpgsqlDataSource db, DateTimeOffset cutOff, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select unnest(array[account_id, into_id, survivor_id]) from account_merge where merged_at > $1 or undone_at > $1");
        command.Parameters.AddWithValue(cutOff);
        await using var row = await command.ExecuteReaderAsync(ct);
        var merged = new HashSet<long>();
        while (await row.ReadAsync(ct)) merged.Add(row.GetInt64(0));
        return merged;
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    /// <summary>One record of which a new version is known.</summary>
    private sealed record Change(string Fact, long? Account, string Key, bool IsLate, bool Deleted, bool WasKnown, bool WasDeleted, bool Moved);
}
