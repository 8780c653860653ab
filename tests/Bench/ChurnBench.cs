using System.Diagnostics;
using System.Globalization;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Bench;

/// <summary>Training against python3-xgboost, scoring with and without reasons, and features against a plain scan of the same tables.</summary>
internal sealed class ChurnBench(int accounts)
{
    private const int TrainingRows = 100_000, ScoredRows = 1_000_000, ReasonRows = 100_000, Trees = 100, Rounds = 3;
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Scanned = ["account", "contact", "sales_order", "interaction", "commitment", "invoice", "payment", "issue"];

    public async Task RunAsync(CancellationToken ct)
    {
        var ratio = await TrainAsync(ct);
        Score();
        await FeaturesAsync(ct);
        RefreshResult.Print($"churn: {ratio.Median:0.00} of python3-xgboost's training time (median of {ratio.Seconds.Count}, {ratio.Seconds.Min():0.00}..{ratio.Seconds.Max():0.00})");
    }

    private static async Task<Timing> TrainAsync(CancellationToken ct)
    {
        var (table, left) = Table(TrainingRows);
        var schema = FeatureSchema.Of(table);
        var inputs = schema.Encode(table);
        var settings = TreeSettings.Choices[2] with { Threads = 2 };
        var folder = Directory.CreateTempSubdirectory("followthrough-bench-");
        try
        {
            await using var peer = await ChurnPeer.StartAsync(folder, inputs, left, settings.Parameters(schema), Trees, ct);
            var ratios = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                using var model = TreeModel.Fit(inputs, left, schema, settings, Trees);
                var ours = Stopwatch.GetElapsedTime(started).TotalSeconds;
                var (theirs, odds) = await peer.TrainAsync(ct);
                var apart = odds.Zip(model.LogOdds(inputs)).Max(p => Math.Abs(p.First - p.Second));
                if (apart > 1e-6) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The predictions differ by {apart}."));
                RefreshResult.Print($"training {TrainingRows:N0} rows x {schema.Width}, {Trees} trees: {ours:0.00} s, python3-xgboost {theirs:0.00} s; predictions apart at most {apart:0.0e+0}");
                ratios.Add(ours / theirs);
            }
            return new Timing(ratios);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Score()
    {
        var (table, left) = Table(TrainingRows);
        var schema = FeatureSchema.Of(table);
        // As many trees as a training usually ends with.
        var settings = TreeSettings.Choices[2] with { Threads = 2 };
        using var model = new FittedModel(ModelKind.XGBoost, TreeModel.Fit(schema.Encode(table), left, schema, settings, 2 * Trees), new Platt(0, 1), schema, "{}", 1);
        var all = Table(ScoredRows).Table;
        var started = Stopwatch.GetTimestamp();
        var probabilities = model.Probabilities(all);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        RefreshResult.Print($"scoring {probabilities.Length:N0} rows: {probabilities.Length / seconds:N0} rows/s");
        var some = Table(ReasonRows).Table;
        started = Stopwatch.GetTimestamp();
        var reasons = new Reasons(model, some);
        var found = Enumerable.Range(0, some.Rows).Sum(row => reasons.Of(row).Count);
        seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        RefreshResult.Print($"reasons of {some.Rows:N0} accounts: {some.Rows / seconds:N0} accounts/s, {found:N0} reasons");
    }

    private async Task FeaturesAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("followthrough-bench-");
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(DataFolder.At(folder.FullName), new EmbeddedPostgresOptions(), ct);
            await using var db = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Timezone = "UTC", CommandTimeout = 0 });
            await new Migrator(db, TimeProvider.System).ApplyAsync(SchemaScript.Embedded(), ct);
            await using (var fill = db.CreateCommand(SqlText.Read(typeof(ChurnBench), "Customers.sql")))
            {
                fill.Parameters.AddWithValue("accounts", accounts);
                fill.Parameters.AddWithValue("until", NpgsqlDbType.TimestampTz, Now);
                await fill.ExecuteNonQueryAsync(ct);
            }
            await using (var vacuum = db.CreateCommand("vacuum analyze")) await vacuum.ExecuteNonQueryAsync(ct);
            await CompareAsync(db, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var (features, scan, rows) = (new List<double>(), new List<double>(), 0);
        for (var round = 0; round < Rounds; round++)
        {
            scan.Add(await Timing.OfAsync(() => ScanAsync(connection, ct)));
            features.Add(await Timing.OfAsync(async () => rows = (await CustomerFeatures.ReadAsync(connection, Now, ct)).Accounts.Count));
        }
        RefreshResult.Print($"features of {rows:N0} accounts: {new Timing(features)}; scan and aggregate of the same tables {new Timing(scan)}; {new Timing(features).Median / new Timing(scan).Median:0.00} times");
    }

    // What any one figure of each table costs: how many rows an account has and the newest of them.
    private static async Task ScanAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var table in Scanned)
        {
            var at = table == "commitment" ? "opened_at" : "occurred_at";
            await using var command = new NpgsqlCommand($"select account_id, count(*), max({at}) from {table} group by account_id", connection) { CommandTimeout = 0 };
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct)) _ = row.GetInt64(0);
        }
    }

    // The catalogue's columns, filled by chance; leaving depends on some of them.
    private static (FeatureTable Table, bool[] Left) Table(int rows)
    {
        var random = new Random(rows);
        var numbers = FeatureCatalogue.All.Select(f => new TableColumn(f.Id, [.. Enumerable.Range(0, rows).Select(_ => random.Next(10) == 0 ? float.NaN : random.NextSingle() * 100)], null, f.Monotone)).ToList();
        var segments = new TableColumn("segment", null, [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) switch { 0 => "small", 1 => "core", _ => "key" })]);
        var left = Enumerable.Range(0, rows).Select(i =>
        {
            var sum = numbers.Take(6).Sum(c => float.IsNaN(c.Numbers![i]) ? 50 : c.Numbers![i]) / 100.0;
            return random.NextDouble() < Platt.Sigmoid(sum - 3);
        }).ToArray();
        return (new FeatureTable([.. numbers, segments], [.. Enumerable.Range(0, rows).Select(i => (long)i)]), left);
    }
}
