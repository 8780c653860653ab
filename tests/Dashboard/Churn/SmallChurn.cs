using Followthrough.Analytics.Churn;
using Followthrough.Tests.Analytics.Churn;
using Npgsql;
using NpgsqlTypes;
using AccountId = Followthrough.Analytics.Facts.AccountId;

namespace Followthrough.Tests.Dashboard.Churn;

/// <summary>
/// Models and scorings of the small company, which is too small to learn from: the models are really trained, on made-up customers; the scores
/// are put in by hand, so that what the pages say of them can be checked. Acme leaves with 80 % of 1,000 EUR a year, the hostile account with
/// 60 % of 5,000 EUR, the right-to-left one with 20 % of an unknown amount.
/// </summary>
internal static class SmallChurn
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A training of a recency list and a regression; the regression's number. The first serves at once.</summary>
    internal static async Task<long> TrainAsync(NpgsqlDataSource db, int seed = 1)
    {
        var clock = new StoppedClock(SmallCompany.Now);
        var table = Customers.Table(600, seed + 2) with { Segments = [.. Enumerable.Range(0, 600).Select(i => i % 3 == 0 ? "key" : "small")] };
        var models = new ModelTrainer { WithTrees = false, Seed = seed, Recency = "size" }.Train(table, null, Ct);
        var ids = await TrainingRecord.WriteAsync(db, Training(table), models, Ct);
        foreach (var model in models) model.Fitted.Dispose();
        var registry = new ChurnRegistry(db, clock);
        if (await registry.ChampionAsync(ChurnTraining.Accounts, Ct) is null)
            await registry.BeginWithAsync(ChurnTraining.Accounts, ids[ModelKind.Logistic], "the first model", Ct);
        return ids[ModelKind.Logistic];
    }

    /// <summary>A scoring of the three accounts at a moment; its number.</summary>
    internal static async Task<long> ScoreAsync(NpgsqlDataSource db, long model, DateTimeOffset asOf, ListBasis basis = ListBasis.Model, double drift = 0.05)
    {
        await using var connection = await db.OpenConnectionAsync(Ct);
        var id = await ScoreRows.BeginAsync(connection, new Scoring
        {
            Id = 0,
            ModelId = model,
            AsOf = asOf,
            Basis = basis,
            BasisReason = basis == ListBasis.Model ? "The lower bound of the model's lift beats the recency list." : "The lower bound does not beat the recency list.",
            Accounts = 3,
            RevenueFactor = 1,
            Drift = new Dictionary<string, double> { ["answer_hours"] = drift },
            LargestDrift = drift,
        }, asOf, Ct);
        await using var rows = await ScoreRows.CopyAsync(connection, Ct);
        await RowAsync(rows, id, "crm:acme", 0.8, 3, 0.1, 1000);
        await RowAsync(rows, id, SmallCompany.HostileAccount, 0.6, 2, null, 5000);
        await RowAsync(rows, id, "crm:rtl", 0.2, 1, -0.05, null);
        await rows.CompleteAsync(Ct);
        return id;
    }

    private static async Task RowAsync(NpgsqlBinaryImporter rows, long scoring, string account, double probability, double rank, double? change, decimal? expected)
    {
        RiskReason[] reasons =
        [
            new("answers", "Answers: mean time to our answer 48 hours, usually 6 hours.", 0.9, [new ReasonFact("answer_hours", "Mean time to our answer", 48, 6, "hours")]),
            new("orders", "Orders: orders of the last 365 days 9, usually 4.", -0.4, [new ReasonFact("orders_365d", "Orders of the last 365 days", 9, 4, "")]),
            new("promises", "Promises and dates: promises not kept in time 2, usually 0.", 0.2, [new ReasonFact("promises_broken_365d", "Promises not kept in time", 2, 0, "")]),
        ];
        await rows.StartRowAsync(Ct);
        await rows.WriteAsync(AccountId.Of(account), Ct);
        await rows.WriteAsync(scoring, Ct);
        await rows.WriteAsync(probability, Ct);
        await rows.WriteAsync(rank, Ct);
        await WriteAsync(rows, change, NpgsqlDbType.Double);
        await WriteAsync(rows, expected, NpgsqlDbType.Numeric);
        await WriteAsync(rows, expected * (decimal)probability, NpgsqlDbType.Numeric);
        await WriteAsync(rows, expected is null ? null : "EUR", NpgsqlDbType.Text);
        await rows.WriteAsync(ChurnJson.Write(reasons), NpgsqlDbType.Jsonb, Ct);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter rows, object? value, NpgsqlDbType type) => value is null ? rows.WriteNullAsync(Ct) : rows.WriteAsync(value, type, Ct);

    private static ChurnTraining Training(LabelledTable table) => new()
    {
        Id = 0,
        Subject = ChurnTraining.Accounts,
        DataCutOff = SmallCompany.Now,
        Label = new LabelDefinition { Kind = LabelKind.NoOrder, GapDays = 30, HorizonDays = 180, HorizonOfSegment = new Dictionary<string, int> { ["key"] = 240 } },
        FeatureVersion = FeatureCatalogue.Version,
        Rows = table.Rows,
        Customers = table.Rows,
        Churned = table.Left.Count(l => l),
        Excluded = new Dictionary<string, long> { ["called while the label was open"] = 4 },
        StartedAt = SmallCompany.Now,
        FinishedAt = SmallCompany.Now,
    };
}
