using System.Data;
using Followthrough.Analytics.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Metrics;

/// <summary>One question's snapshot, at the asked moment, with the predicate's parameters.</summary>
internal sealed class MetricSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly MetricQuery _query;
    private readonly TimeZoneInfo _zone;
    private readonly bool _isOwner;

    private MetricSession(
        NpgsqlConnection connection, NpgsqlTransaction transaction, bool isOwner, MetricQuery query, MetricDefinition definition, DateTimeOffset asOf, TimeZoneInfo zone)
    {
        (_connection, _transaction, _isOwner, _query, _zone) = (connection, transaction, isOwner, query, zone);
        (Definition, AsOf) = (definition, asOf);
    }

    public MetricDefinition Definition { get; }

    /// <summary>The metric asked about, which counts commitments.</summary>
    public CommitmentMetric CommitmentMetric => Definition as CommitmentMetric ?? throw new ArgumentException($"'{Definition.Id}' counts no commitments.");

    /// <summary>The metric asked about, which is a measure.</summary>
    public MeasureMetric Measure => Definition as MeasureMetric ?? throw new ArgumentException($"'{Definition.Id}' is no measure.");

    public DateTimeOffset AsOf { get; }

    public MetricQuery Query => _query;

    /// <summary>Asks about now.</summary>
    public static async Task<MetricSession> OpenAsync(
        NpgsqlDataSource db, MetricQuery query, MetricDefinition definition, DateTimeOffset asOf, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        var connection = await db.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            return new MetricSession(connection, transaction, isOwner: true, query, definition, asOf, company.Zone);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks about an earlier moment, which stays open for further questions.</summary>
    public static async Task<MetricSession> OpenAsync(NpgsqlDataSource db, AsKnown moment, MetricQuery query, MetricDefinition definition, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        foreach (var kind in definition is MeasureMetric measure ? measure.Kinds : [((CommitmentMetric)definition).Kind]) await moment.DeriveAsync(kind, ct);
        return new MetricSession(moment.Connection, moment.Transaction, isOwner: false, query, definition, moment.At, company.Zone);
    }

    /// <summary>A statement with the predicate's parameters bound.</summary>
    public NpgsqlCommand Command(string sql)
    {
        var (from, to) = _query.Period.Instants(_zone);
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        var p = command.Parameters;
        p.AddWithValue("from", NpgsqlDbType.TimestampTz, from);
        p.AddWithValue("to", NpgsqlDbType.TimestampTz, to);
        var prior = _query.Period.Prior()?.Instants(_zone);
        p.AddWithValue("prior_from", NpgsqlDbType.TimestampTz, (object?)prior?.From ?? DBNull.Value);
        p.AddWithValue("prior_to", NpgsqlDbType.TimestampTz, (object?)prior?.To ?? DBNull.Value);
        p.AddWithValue("as_of", NpgsqlDbType.TimestampTz, AsOf);
        p.AddWithValue("zone", _zone.Id);
        p.AddWithValue("team", NpgsqlDbType.Text, (object?)_query.Team ?? DBNull.Value);
        p.AddWithValue("staff", NpgsqlDbType.Text, (object?)_query.Staff ?? DBNull.Value);
        p.AddWithValue("account", NpgsqlDbType.Bigint, (object?)Account ?? DBNull.Value);
        p.AddWithValue("viewer_teams", NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)_query.Viewer.Teams?.ToArray() ?? DBNull.Value);
        p.AddWithValue("viewer_staff", NpgsqlDbType.Text, (object?)_query.Viewer.Staff ?? DBNull.Value);
        p.AddWithValue("status", NpgsqlDbType.Text, (object?)_query.Status?.ToString().ToLowerInvariant() ?? DBNull.Value);
        p.AddWithValue("over", NpgsqlDbType.Boolean, (object?)_query.Lasted?.IsOver ?? DBNull.Value);
        p.AddWithValue("lasted_from", NpgsqlDbType.Double, (object?)_query.Lasted?.From ?? DBNull.Value);
        p.AddWithValue("lasted_below", NpgsqlDbType.Double, (object?)_query.Lasted?.Below ?? DBNull.Value);
        p.AddWithValue("region", NpgsqlDbType.Text, (object?)_query.Region ?? DBNull.Value);
        p.AddWithValue("segment", NpgsqlDbType.Text, (object?)_query.Segment ?? DBNull.Value);
        p.AddWithValue("channel", NpgsqlDbType.Text, (object?)_query.Channel ?? DBNull.Value);
        if (Definition is CommitmentMetric counted)
        {
            p.AddWithValue("kind", counted.Kind);
            p.AddWithValue("counts_when_due", counted.CountsWhenDue);
            p.AddWithValue("only_matured", counted.OnlyMatured);
        }
        return command;
    }

    /// <summary>Whether a day of the reporting zone had begun at the asked moment.</summary>
    public bool HasBegun(DateOnly day) => new Period("day", day, day).Instants(_zone).From <= AsOf;

    public async ValueTask DisposeAsync()
    {
        if (!_isOwner) return;
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private long? Account => _query.Account is null ? null : AccountId.Of(_query.Account);
}
