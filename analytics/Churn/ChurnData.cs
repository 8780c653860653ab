using System.Globalization;
using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Churn;

/// <summary>The rows of a training: customers as they were known at each cut, with what became of them.</summary>
internal sealed class ChurnData
{
    private readonly NpgsqlDataSource _db;
    private readonly DateTimeOffset _cutOff;
    private readonly Dictionary<string, long> _excluded = [];

    private ChurnData(NpgsqlDataSource db, DateTimeOffset cutOff, LabelPlan plan) => (_db, _cutOff, Plan) = (db, cutOff, plan);

    public LabelPlan Plan { get; }

    public LabelledTable Table { get; private set; } = null!;

    /// <summary>Rows left out, by reason.</summary>
    public IReadOnlyDictionary<string, long> Excluded => _excluded;

    /// <summary>Builds them from what was known at the cut-off; nothing learned later changes them.</summary>
    public static async Task<ChurnData> BuildAsync(
        NpgsqlDataSource db, DateTimeOffset cutOff, LabelRequest request, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        await using var now = await AsKnown.EnterAsync(db, cutOff, null, ct);
        var data = new ChurnData(db, cutOff, await LabelPlan.MakeAsync(now.Connection, cutOff, request, ct));
        await data.BuildAsync(now, progress, ct);
        return data;
    }

    private async Task BuildAsync(AsKnown now, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        var label = Plan.Label;
        var orders = await NextOrders.ReadAsync(now.Connection, label, Plan.Cuts, ct);
        var contracts = label.Kind == LabelKind.NotRenewed ? await EndingContracts.ReadAsync(now.Connection, label, Plan.Cuts, ct) : null;
        var treated = await TreatedAsync(ct);
        var rows = new List<(LabelledRow Row, int Cut)>();
        var features = new List<CustomerFeatures>();
        for (var cut = 0; cut < Plan.Cuts.Count; cut++)
        {
            progress?.Report((cut, Plan.Cuts.Count));
            var at = Plan.Cuts[cut];
            var all = await Cut.FeaturesAsync(_db, at, ct);
            var labels = all.Accounts.Select((account, row) => treated[account].Any(t => t > at && t <= at.AddDays(label.GapDays + label.HorizonFor(all.Segments[row])))
                ? Without("called while the label was open")
                : contracts is null ? ByOrders(at, all, row, orders) : ByContract(at, all, row, contracts)).ToArray();
            features.Add(all.Where(row => labels[row] is not null));
            rows.AddRange(labels.OfType<LabelledRow>().Select(l => (l, cut)));
        }
        var table = features.Select(f => f.Table).Aggregate(Joined);
        Table = new LabelledTable
        {
            Features = table,
            Left = [.. rows.Select(r => r.Row.Left)],
            LeftTwice = [.. rows.Select(r => r.Row.LeftTwice)],
            Cuts = [.. rows.Select(r => r.Cut)],
            CutNames = [.. Plan.Cuts.Select(c => c.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
            Segments = [.. features.SelectMany(f => f.Segments)],
        };
    }

    // Null for who cannot leave, counted by the reason.
    private LabelledRow? ByOrders(DateTimeOffset cut, CustomerFeatures all, int row, IReadOnlyDictionary<(DateTimeOffset, long), DateTimeOffset> orders)
    {
        if (!(all.LastOrders[row] > cut.AddMonths(-Plan.Label.LookbackMonths))) return Without("without an order in the months before");
        var horizon = Plan.Label.HorizonFor(all.Segments[row]);
        var to = cut.AddDays(Plan.Label.GapDays + horizon);
        var next = orders.TryGetValue((cut, all.Accounts[row]), out var at) ? at : DateTimeOffset.MaxValue;
        return new LabelledRow(next > to, to.AddDays(horizon) <= _cutOff ? next > to.AddDays(horizon) : null);
    }

    private LabelledRow? ByContract(DateTimeOffset cut, CustomerFeatures all, int row, IReadOnlyDictionary<(DateTimeOffset, long), EndingContract> contracts) =>
        contracts.TryGetValue((cut, all.Accounts[row]), out var contract) && contract.EndsAt <= cut.AddDays(Plan.Label.GapDays + Plan.Label.HorizonFor(all.Segments[row]))
            ? new LabelledRow(!contract.Renewed, null) : Without("without a contract that ends");

    private LabelledRow? Without(string reason)
    {
        _excluded[reason] = _excluded.GetValueOrDefault(reason) + 1;
        return null;
    }

    private async Task<ILookup<long, DateTimeOffset>> TreatedAsync(CancellationToken ct)
    {
        await using var command = _db.CreateCommand("select account_id, treated_at from churn_treatment where treated_at <= $1");
        command.Parameters.AddWithValue(_cutOff);
        await using var row = await command.ExecuteReaderAsync(ct);
        var treated = new List<(long Account, DateTimeOffset At)>();
        while (await row.ReadAsync(ct)) treated.Add((row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)));
        return treated.ToLookup(t => t.Account, t => t.At);
    }

    private static FeatureTable Joined(FeatureTable one, FeatureTable other) => new(
        [.. one.Columns.Zip(other.Columns, (a, b) => a with { Numbers = a.Numbers is null ? null : [.. a.Numbers, .. b.Numbers!], Texts = a.Texts is null ? null : [.. a.Texts, .. b.Texts!] })],
        [.. one.Customers, .. other.Customers]);

    private sealed record LabelledRow(bool Left, bool? LeftTwice);
}
