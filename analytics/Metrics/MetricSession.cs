using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Metrics;

/// <summary>One question's snapshot, at the asked moment, with the predicate's parameters.</summary>
internal sealed class MetricSession(MetricSnapshot snapshot, bool isOwner, MetricQuery query, MetricDefinition definition, DateTimeOffset asOf) : IAsyncDisposable
{
    public MetricDefinition Definition => definition;

    /// <summary>The metric asked about, which counts commitments.</summary>
    public CommitmentMetric CommitmentMetric => Definition as CommitmentMetric ?? throw new ArgumentException($"'{Definition.Id}' counts no commitments.");

    /// <summary>The metric asked about, which is a measure.</summary>
    public MeasureMetric Measure => Definition as MeasureMetric ?? throw new ArgumentException($"'{Definition.Id}' is no measure.");

    /// <summary>The moment whose knowledge it states.</summary>
    public DateTimeOffset AsOf => Closed?.CutOff ?? asOf;

    public MetricQuery Query => query;

    /// <summary>Whether there are roll-ups of the commitments it is about.</summary>
    public bool HasRollups => snapshot.HasRollups && Closed is null;

    /// <summary>Version and hash of the definition that answers it: where closed quarters do, theirs.</summary>
    public (int Version, string Hash) DefinedBy => Closed is { } closed ? (closed.Version, closed.Hash) : (definition.Version, definition.Hash);

    /// <summary>The editions that answer it; null where the ledger and the facts do.</summary>
    public Closed? Closed { get; init; }

    /// <summary>A statement with the predicate's parameters bound.</summary>
    public NpgsqlCommand Command(string sql)
    {
        var (from, to) = query.Period.Instants(Zone);
        // What an edition has was judged at its own cut-off.
        if (Closed is not null) sql = sql.Replace("@as_of", "judged_at", StringComparison.Ordinal);
        var command = new NpgsqlCommand(sql, snapshot.Connection, snapshot.Transaction);
        Closed?.Bind(command);
        var p = command.Parameters;
        p.AddWithValue("from", NpgsqlDbType.TimestampTz, from);
        p.AddWithValue("to", NpgsqlDbType.TimestampTz, to);
        var prior = query.Period.Prior()?.Instants(Zone);
        p.AddWithValue("prior_from", NpgsqlDbType.TimestampTz, (object?)prior?.From ?? DBNull.Value);
        p.AddWithValue("prior_to", NpgsqlDbType.TimestampTz, (object?)prior?.To ?? DBNull.Value);
        p.AddWithValue("as_of", NpgsqlDbType.TimestampTz, AsOf);
        p.AddWithValue("zone", Zone.Id);
        p.AddWithValue("team", NpgsqlDbType.Text, (object?)query.Team ?? DBNull.Value);
        p.AddWithValue("staff", NpgsqlDbType.Text, (object?)query.Staff ?? DBNull.Value);
        p.AddWithValue("account", NpgsqlDbType.Bigint, (object?)Account ?? DBNull.Value);
        p.AddWithValue("viewer_teams", NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)query.Viewer.Teams?.ToArray() ?? DBNull.Value);
        p.AddWithValue("viewer_staff", NpgsqlDbType.Text, (object?)query.Viewer.Staff ?? DBNull.Value);
        p.AddWithValue("status", NpgsqlDbType.Text, (object?)query.Status?.ToString().ToLowerInvariant() ?? DBNull.Value);
        p.AddWithValue("over", NpgsqlDbType.Boolean, (object?)query.Lasted?.IsOver ?? DBNull.Value);
        p.AddWithValue("lasted_from", NpgsqlDbType.Double, (object?)query.Lasted?.From ?? DBNull.Value);
        p.AddWithValue("lasted_below", NpgsqlDbType.Double, (object?)query.Lasted?.Below ?? DBNull.Value);
        p.AddWithValue("region", NpgsqlDbType.Text, (object?)query.Region ?? DBNull.Value);
        p.AddWithValue("segment", NpgsqlDbType.Text, (object?)query.Segment ?? DBNull.Value);
        p.AddWithValue("channel", NpgsqlDbType.Text, (object?)query.Channel ?? DBNull.Value);
        if (Definition is CommitmentMetric counted)
        {
            p.AddWithValue("kind", counted.Kind);
            p.AddWithValue("counts_when_due", counted.CountsWhenDue);
            p.AddWithValue("only_matured", counted.OnlyMatured);
        }
        return command;
    }

    /// <summary>When days of the reporting zone begin and end.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Instants(Period days) => days.Instants(Zone);

    /// <summary>Whether a day of the reporting zone had begun at the asked moment.</summary>
    public bool HasBegun(DateOnly day) => new Period("day", day, day).Instants(snapshot.Zone).From <= AsOf;

    public async ValueTask DisposeAsync()
    {
        if (isOwner) await snapshot.DisposeAsync();
    }

    private TimeZoneInfo Zone => Closed?.Zone ?? snapshot.Zone;

    private long? Account => query.Account is null ? null : AccountId.Of(query.Account);
}
