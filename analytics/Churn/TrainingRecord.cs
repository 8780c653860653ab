using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>Puts a training and its models into the registry, all or nothing.</summary>
internal static class TrainingRecord
{
    /// <summary>Writes them; returns the models' numbers by their kind.</summary>
    public static async Task<IReadOnlyDictionary<ModelKind, long>> WriteAsync(
        NpgsqlDataSource db, ChurnTraining training, IReadOnlyList<TrainedModel> models, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var id = await WriteAsync(connection, training, training.Label is null ? null : await LabelAsync(connection, training.Label, training.FinishedAt, ct), ct);
        var ids = new Dictionary<ModelKind, long>();
        foreach (var model in models) ids.Add(model.Fitted.Kind, await WriteAsync(connection, id, model, training.FinishedAt, ct));
        await transaction.CommitAsync(ct);
        return ids;
    }

    // The same definition has one version, whoever comes first.
    private static async Task<int> LabelAsync(NpgsqlConnection connection, LabelDefinition label, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into churn_label (kind, gap_days, horizon_days, horizon_of_segment, lookback_months, grace_days, created_at)
            values (@kind, @gap, @horizon, @segments, @lookback, @grace, @now)
            on conflict (kind, gap_days, horizon_days, horizon_of_segment, lookback_months, grace_days) do update set kind = excluded.kind
            returning label_version
            """, connection);
        var p = command.Parameters;
        p.AddWithValue("kind", label.Kind == LabelKind.NoOrder ? "no_order" : "not_renewed");
        p.AddWithValue("gap", label.GapDays);
        p.AddWithValue("horizon", label.HorizonDays);
        p.AddWithValue("segments", NpgsqlDbType.Jsonb, ChurnJson.Write(label.HorizonOfSegment));
        p.AddWithValue("lookback", label.LookbackMonths);
        p.AddWithValue("grace", label.GraceDays);
        p.AddWithValue("now", now);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<long> WriteAsync(NpgsqlConnection connection, ChurnTraining training, int? label, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into churn_training (subject, data_cut_off, label_version, feature_version, source_sha256, rows, customers, churned, excluded, started_at, finished_at, note)
            values (@subject, @cut_off, @label, @features, @source, @rows, @customers, @churned, @excluded, @started, @finished, @note)
            returning training_id
            """, connection);
        var p = command.Parameters;
        p.AddWithValue("subject", training.Subject);
        p.AddWithValue("cut_off", NpgsqlDbType.TimestampTz, (object?)training.DataCutOff ?? DBNull.Value);
        p.AddWithValue("label", NpgsqlDbType.Integer, (object?)label ?? DBNull.Value);
        p.AddWithValue("features", NpgsqlDbType.Integer, (object?)training.FeatureVersion ?? DBNull.Value);
        p.AddWithValue("source", NpgsqlDbType.Text, (object?)training.SourceSha256 ?? DBNull.Value);
        p.AddWithValue("rows", training.Rows);
        p.AddWithValue("customers", training.Customers);
        p.AddWithValue("churned", training.Churned);
        p.AddWithValue("excluded", NpgsqlDbType.Jsonb, ChurnJson.Write(training.Excluded));
        p.AddWithValue("started", training.StartedAt);
        p.AddWithValue("finished", training.FinishedAt);
        p.AddWithValue("note", NpgsqlDbType.Text, (object?)training.Note ?? DBNull.Value);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<long> WriteAsync(NpgsqlConnection connection, long training, TrainedModel model, DateTimeOffset now, CancellationToken ct)
    {
        var (fitted, artefact) = (model.Fitted, model.Fitted.Artefact());
        await using var command = new NpgsqlCommand("""
            insert into churn_model (training_id, kind, feature_schema, feature_schema_sha256, parameters, seed, library, artefact, artefact_sha256, figures, created_at)
            values (@training, @kind, @schema, @schema_sha256, @parameters, @seed, @library, @artefact, @artefact_sha256, @figures, @now)
            returning model_id
            """, connection);
        var p = command.Parameters;
        p.AddWithValue("training", training);
        p.AddWithValue("kind", fitted.Kind.ToString().ToLowerInvariant());
        p.AddWithValue("schema", fitted.Schema.Text);
        p.AddWithValue("schema_sha256", fitted.Schema.Sha256);
        p.AddWithValue("parameters", NpgsqlDbType.Jsonb, fitted.Parameters);
        p.AddWithValue("seed", fitted.Seed);
        p.AddWithValue("library", fitted.Model.Library);
        p.AddWithValue("artefact", artefact);
        p.AddWithValue("artefact_sha256", Convert.ToHexStringLower(SHA256.HashData(artefact)));
        p.AddWithValue("figures", NpgsqlDbType.Jsonb, ChurnJson.Write(model.Figures));
        p.AddWithValue("now", now);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
