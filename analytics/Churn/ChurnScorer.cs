using System.Data;
using System.Globalization;
using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>Scores all customers who can leave, with one model and of one snapshot of the facts.</summary>
public sealed class ChurnScorer(NpgsqlDataSource db, TimeProvider clock)
{
    // Screens ask about weeks; lists keep what they were made from.
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(100);

    internal bool WithTrees { get; init; } = XgboostLibrary.IsThere;

    /// <summary>Scores what is known now. The ledger should be fresh: what is owed is among the features.</summary>
    /// <exception cref="ChurnException">There is no model, or its bytes are not those that were registered; the scores so far stay.</exception>
    public async Task<Scoring> ScoreAsync(CancellationToken ct)
    {
        var registry = new ChurnRegistry(db, clock);
        var champion = await registry.ChampionAsync(ChurnTraining.Accounts, ct) ?? throw ChurnException.TooEarly("There is no model yet: run 'analytics train'.");
        var (model, instead) = await ServingAsync(registry, champion, ct);
        var (artefact, schema) = await registry.ArtefactAsync(model, ct);
        using var fitted = FittedModel.Load(model.Kind, artefact, schema, model.Parameters, model.Seed);
        var asOf = Cut.AsKept(clock.GetUtcNow());
        var (features, revenue) = await ReadAsync(model.Training.Label!, asOf, ct);
        var (basis, reason) = Basis(model);
        var drift = DriftOf(fitted, features.Table);
        return await WriteAsync(new Scoring
        {
            Id = 0,
            ModelId = model.Id,
            AsOf = asOf,
            Basis = basis,
            BasisReason = instead + reason,
            Accounts = features.Accounts.Count,
            RevenueFactor = revenue.Factor,
            Drift = drift,
            LargestDrift = drift.Values.Append(0).Max(),
        }, fitted, features, revenue, ct);
    }

    /// <summary>What is to be said of a scoring whose accounts are others than those learned from.</summary>
    internal static string Alarm(Scoring scoring) => string.Create(CultureInfo.InvariantCulture,
        $"The customers have changed since the model was trained, so its probabilities may be off: {string.Join(", ", scoring.Drift.Where(d => d.Value >= Spread.Alarm).OrderByDescending(d => d.Value).Select(d => $"{FeatureCatalogue.Find(d.Key)?.Name ?? d.Key} (drift {d.Value:0.00})"))}. Train again, and approve the new model if its figures are better.");

    // Trees without their library cannot speak; the regression of the same training stands in and says so.
    private async Task<(RegisteredModel Model, string? Instead)> ServingAsync(ChurnRegistry registry, RegisteredModel champion, CancellationToken ct)
    {
        if (champion.Kind != ModelKind.XGBoost || WithTrees) return (champion, null);
        var others = await registry.ModelsAsync(ChurnTraining.Accounts, int.MaxValue, ct);
        return (others.First(m => m.Training.Id == champion.Training.Id && m.Kind == ModelKind.Logistic),
            "XGBoost's library is not on this machine, so the logistic regression of the same training serves. ");
    }

    private static (ListBasis, string) Basis(RegisteredModel model) => model.Figures.BeatsRecency
        ? (ListBasis.Model, "The lower bound of the model's lift beats the recency list.")
        : (ListBasis.Recency, "The lower bound of the model's lift does not beat the recency list, so this is the recency list.");

    private async Task<(CustomerFeatures Features, RevenueBasis Revenue)> ReadAsync(LabelDefinition label, DateTimeOffset asOf, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var all = await CustomerFeatures.ReadAsync(connection, asOf, ct);
        var ending = label.Kind == LabelKind.NotRenewed ? await EndingContracts.ReadAsync(connection, label, [asOf], ct) : null;
        var eligible = all.Where(row => ending is null
            ? all.LastOrders[row] > asOf.AddMonths(-label.LookbackMonths)
            : ending.TryGetValue((asOf, all.Accounts[row]), out var contract) && contract.EndsAt <= asOf.AddDays(label.GapDays + label.HorizonFor(all.Segments[row])));
        return (eligible, await RevenueBasis.ReadAsync(connection, company, asOf, ct));
    }

    private static Dictionary<string, double> DriftOf(FittedModel model, FeatureTable table) =>
        table.Rows == 0 ? [] : model.Spreads.ToDictionary(s => s.Column, s => Math.Round(s.Index(table.Column(s.Column)!), 4));

    private async Task<Scoring> WriteAsync(Scoring scoring, FittedModel model, CustomerFeatures features, RevenueBasis revenue, CancellationToken ct)
    {
        var table = features.Table;
        var (probabilities, reasons) = (model.Probabilities(table), new Reasons(model, table));
        var ranks = Ranks(scoring.Basis == ListBasis.Model ? probabilities : [.. table.Column(FeatureCatalogue.Recency)!.Numbers!.Select(d => (double)d)]);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var id = await ScoreRows.BeginAsync(connection, scoring, clock.GetUtcNow(), ct);
        var before = await ScoreRows.BeforeAsync(connection, scoring.AsOf, ct);
        await using (var rows = await ScoreRows.CopyAsync(connection, ct))
        {
            for (var row = 0; row < table.Rows; row++)
            {
                var account = features.Accounts[row];
                var expected = revenue.Expected(account);
                await rows.StartRowAsync(ct);
                await rows.WriteAsync(account, ct);
                await rows.WriteAsync(id, ct);
                await rows.WriteAsync(probabilities[row], ct);
                await rows.WriteAsync(ranks[row], ct);
                await WriteAsync(rows, before.TryGetValue(account, out var was) ? probabilities[row] - was : null, NpgsqlDbType.Double, ct);
                await WriteAsync(rows, expected?.Amount, NpgsqlDbType.Numeric, ct);
                await WriteAsync(rows, expected is null ? null : Math.Round(expected.Amount * (decimal)probabilities[row], 2, MidpointRounding.AwayFromZero), NpgsqlDbType.Numeric, ct);
                await WriteAsync(rows, expected?.Currency, NpgsqlDbType.Text, ct);
                await rows.WriteAsync(ChurnJson.Write(reasons.Of(row)), NpgsqlDbType.Jsonb, ct);
            }
            await rows.CompleteAsync(ct);
        }
        await ScoreRows.ForgetAsync(connection, scoring.AsOf - Kept, ct);
        await transaction.CommitAsync(ct);
        return scoring with { Id = id };
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter rows, object? value, NpgsqlDbType type, CancellationToken ct)
    {
        if (value is null) await rows.WriteNullAsync(ct);
        else await rows.WriteAsync(value, type, ct);
    }

    // The highest score has rank 1; equal ones share the mean of their ranks.
    private static double[] Ranks(double[] scores)
    {
        var ranks = new double[scores.Length];
        var seen = 0;
        foreach (var level in Enumerable.Range(0, scores.Length).GroupBy(i => scores[i]).OrderByDescending(g => g.Key))
        {
            var rows = level.ToArray();
            foreach (var row in rows) ranks[row] = seen + (rows.Length + 1) / 2.0;
            seen += rows.Length;
        }
        return ranks;
    }
}
