using System.Security.Cryptography;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>The models there are, and which one serves. A training adds challengers; only a person makes one of them the champion.</summary>
public sealed class ChurnRegistry(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly string Models = SqlText.Read(typeof(ChurnRegistry), "Churn/Models.sql");

    /// <summary>The newest models of a subject, the newest first.</summary>
    public async Task<IReadOnlyList<RegisteredModel>> ModelsAsync(string subject, int limit, CancellationToken ct) => await ReadAsync(null, null, subject, limit, ct);

    /// <summary>The model of that number, or null.</summary>
    public async Task<RegisteredModel?> FindAsync(long id, CancellationToken ct) => (await ReadAsync(id, null, null, 1, ct)).SingleOrDefault();

    /// <summary>All models of a training, the newest first.</summary>
    public async Task<IReadOnlyList<RegisteredModel>> OfTrainingAsync(long training, CancellationToken ct) => await ReadAsync(null, training, null, int.MaxValue, ct);

    /// <summary>The model that serves; null before the first training.</summary>
    public async Task<RegisteredModel?> ChampionAsync(string subject, CancellationToken ct) =>
        (await ApprovalsAsync(subject, ct)) is [var newest, ..] ? await FindAsync(newest.ModelId, ct) : null;

    /// <summary>The newest training's model of the champion's kind, or its trees, which waits for a decision; null when the champion is of the newest training.</summary>
    public async Task<RegisteredModel?> ChallengerAsync(string subject, CancellationToken ct)
    {
        if (await ChampionAsync(subject, ct) is not { } champion || await ModelsAsync(subject, 1, ct) is not [var newest]) return null;
        if (newest.Training.Id == champion.Training.Id) return null;
        var models = (await ModelsAsync(subject, Enum.GetValues<ModelKind>().Length, ct)).Where(m => m.Training.Id == newest.Training.Id).ToList();
        return models.OrderByDescending(m => m.Kind == champion.Kind).ThenByDescending(m => m.Kind).First();
    }

    /// <summary>Who decided what, the newest first.</summary>
    public async Task<IReadOnlyList<ModelApproval>> ApprovalsAsync(string subject, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select model_id, replaced_model_id, approved_by, reason, approved_at from churn_approval where subject = $1 order by approval_id desc
            """);
        command.Parameters.AddWithValue(subject);
        await using var row = await command.ExecuteReaderAsync(ct);
        var approvals = new List<ModelApproval>();
        while (await row.ReadAsync(ct))
        {
            approvals.Add(new ModelApproval(
                row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3),
                row.GetFieldValue<DateTimeOffset>(4)));
        }
        return approvals;
    }

    /// <summary>Makes a model the champion of its subject, by a person's decision.</summary>
    /// <param name="id">The model.</param>
    /// <param name="approvedBy">User name of who decides.</param>
    /// <param name="reason">Why, in words; kept.</param>
    /// <param name="ct">Stops it before anything is written.</param>
    /// <exception cref="ChurnException">There is no such model, it serves already, or its bytes are not those that were registered.</exception>
    public async Task ApproveAsync(long id, string approvedBy, string reason, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(approvedBy);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var model = await FindAsync(id, ct) ?? throw new ChurnException($"There is no model {id}.");
        await ArtefactAsync(model, ct);
        var champion = await ChampionAsync(model.Training.Subject, ct);
        if (champion?.Id == id) throw new ChurnException($"Model {id} serves already.");
        await ApproveAsync(model.Training.Subject, id, champion?.Id, approvedBy, reason, ct);
    }

    /// <summary>The model's bytes, after their hash was checked.</summary>
    internal async Task<(byte[] Artefact, FeatureSchema Schema)> ArtefactAsync(RegisteredModel model, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select artefact, feature_schema from churn_model where model_id = $1");
        command.Parameters.AddWithValue(model.Id);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (artefact, schema) = (row.GetFieldValue<byte[]>(0), FeatureSchema.Read(row.GetString(1)));
        if (Convert.ToHexStringLower(SHA256.HashData(artefact)) != model.ArtefactSha256)
            throw new ChurnException($"The bytes of model {model.Id} are not those that were registered. It is not used; restore it from a backup or train again.");
        if (schema.Sha256 != model.FeatureSchemaSha256)
            throw new ChurnException($"The feature schema of model {model.Id} is not the one that was registered. It is not used; restore it from a backup or train again.");
        return (artefact, schema);
    }

    /// <summary>The first model of a subject serves at once: it replaces none.</summary>
    internal Task BeginWithAsync(string subject, long id, string reason, CancellationToken ct) => ApproveAsync(subject, id, null, null, reason, ct);

    private async Task ApproveAsync(string subject, long id, long? replaced, string? by, string reason, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            insert into churn_approval (subject, model_id, replaced_model_id, approved_by, reason, approved_at) values ($1, $2, $3, $4, $5, $6)
            """);
        command.Parameters.AddWithValue(subject);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)replaced ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)by ?? DBNull.Value);
        command.Parameters.AddWithValue(reason);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<RegisteredModel>> ReadAsync(long? id, long? training, string? subject, int limit, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Models);
        command.Parameters.AddWithValue("model", NpgsqlDbType.Bigint, (object?)id ?? DBNull.Value);
        command.Parameters.AddWithValue("training", NpgsqlDbType.Bigint, (object?)training ?? DBNull.Value);
        command.Parameters.AddWithValue("subject", NpgsqlDbType.Text, (object?)subject ?? DBNull.Value);
        command.Parameters.AddWithValue("limit", limit);
        await using var row = await command.ExecuteReaderAsync(ct);
        var models = new List<RegisteredModel>();
        while (await row.ReadAsync(ct)) models.Add(ModelReader.Read(row));
        return models;
    }
}
