using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>
/// Writes what two people have signed: derives what was known at the cut-off, puts rows, figures, definitions and calendars down and seals
/// them with a hash, in one transaction. Whoever calls it again gets the edition that is there; if it dies half-way nothing of it is.
/// </summary>
/// <param name="db">Facts and editions.</param>
/// <param name="clock">Says when it was closed.</param>
public sealed class EditionWriter(NpgsqlDataSource db, TimeProvider clock)
{
    // Any number of its own.
    private const long Lock = 0x45_44_49_54_49_4F_4E;

    /// <summary>What is closed: every metric there is.</summary>
    internal IReadOnlyList<MetricDefinition> Catalogue { get; init; } = MetricCatalogue.All;

    /// <summary>Writes the edition of a close that has both signatures.</summary>
    /// <param name="closing">The close.</param>
    /// <param name="progress">Told how many steps are done of how many; may be null.</param>
    /// <param name="ct">Stops it; nothing is written then.</param>
    /// <exception cref="ClosingException">It was not signed twice, or is no more.</exception>
    public async Task<Edition> WriteAsync(Closing closing, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        // One after the other, so that each knows the one before; the lock goes with the connection, however this ends.
        await using var alone = await db.OpenConnectionAsync(ct);
        await using (var take = new NpgsqlCommand("select pg_advisory_lock($1)", alone) { CommandTimeout = 0, Parameters = { new() { Value = Lock } } })
            await take.ExecuteNonQueryAsync(ct);
        try
        {
            var desk = new ClosingDesk(db, clock);
            closing = await desk.FindAsync(closing.Id, ct) ?? throw new ClosingException($"{closing.Period.Label} was withdrawn.");
            if (closing.Second is null) throw new ClosingException($"{closing.Period.Label} has one signature; it takes two.");
            var id = closing.EditionId ?? await WriteAloneAsync(closing, progress, ct);
            return (await EditionList.ReadAsync(db, ct)).All.Single(e => e.Id == id);
        }
        finally
        {
            await using var leave = new NpgsqlCommand("select pg_advisory_unlock($1)", alone) { Parameters = { new() { Value = Lock } } };
            await leave.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private async Task<long> WriteAloneAsync(Closing closing, IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        var editions = await EditionList.ReadAsync(db, ct);
        var quarter = Period.TryParse(closing.Period.Label, company.Fiscal, out var known) ? known : closing.Period;
        var draft = new EditionDraft
        {
            Id = editions.All.Count == 0 ? 1 : editions.All[^1].Id + 1,
            Closing = closing,
            Period = quarter,
            Parts = EditionPart.Of(quarter, company.Fiscal),
            Number = (editions.Of(quarter.Label)?.Number ?? 0) + 1,
            ClosedAt = clock.GetUtcNow(),
            Zone = company.Zone,
            PreviousHash = editions.Head,
            Catalogue = Catalogue,
        };
        await using var then = await AsKnown.EnterAsync(db, closing.CutOff, null, ct);
        var steps = new Steps(progress, Catalogue.Count);
        await then.DeriveAllAsync(steps, ct);
        // What the snapshot shows is all it can know; later batches are later, whatever they say of themselves.
        draft = draft with { LastBatch = await ScalarAsync<long>(then, "select coalesce(max(batch_id), 0) from public.batch", ct) };
        await EditionRows.WriteAsync(then, draft, steps.Rows, ct);
        var figures = await EditionFigures.WriteAsync(then, draft, steps.Metric, ct);
        await EditionScores.WriteAsync(then, draft, await EditionTargets.WriteAsync(then, draft, ct), figures, ct);
        await EditionCohorts.WriteAsync(then, draft, ct);
        // Before the seal: the lines of the close are the edition's from here on.
        await using (var done = new NpgsqlCommand("update public.closing set edition_id = $2 where closing_id = $1", then.Connection))
        {
            done.Parameters.AddWithValue(closing.Id);
            done.Parameters.AddWithValue(draft.Id);
            await done.ExecuteNonQueryAsync(ct);
        }
        await EditionSeal.WriteAsync(then, draft, ct);
        await then.Transaction.CommitAsync(ct);
        return draft.Id;
    }

    private static async Task<T> ScalarAsync<T>(AsKnown then, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, then.Connection);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    // Kinds of commitments, then the rows of metrics, then their figures.
    private sealed class Steps(IProgress<(long Done, long Total)>? progress, int metrics) : IProgress<int>
    {
        private readonly long _total = KnownMoment.Total + (2 * metrics);

        public void Report(int value) => progress?.Report((value, _total));

        public void Rows(int done) => progress?.Report((KnownMoment.Total + done, _total));

        public void Metric(int done) => progress?.Report((KnownMoment.Total + metrics + done, _total));
    }
}

/// <summary>An edition on its way into the database.</summary>
internal sealed record EditionDraft
{
    public required long Id { get; init; }
    public required Closing Closing { get; init; }
    public required Period Period { get; init; }
    public required IReadOnlyList<EditionPart> Parts { get; init; }
    public required int Number { get; init; }
    public required DateTimeOffset ClosedAt { get; init; }
    public required TimeZoneInfo Zone { get; init; }
    public required string? PreviousHash { get; init; }
    public required IReadOnlyList<MetricDefinition> Catalogue { get; init; }
    public long LastBatch { get; init; }

    /// <summary>A question of everybody about a part.</summary>
    public static MetricQuery Question(MetricDefinition metric, Period part) => new() { Metric = metric.Id, Period = part, Viewer = Viewer.Everything("edition") };

    /// <summary>The metric whose rows another one's are as well: the first that is made of the same.</summary>
    public string RowsOf(MetricDefinition metric) => Catalogue.First(other => Same(other, metric)).Id;

    private static bool Same(MetricDefinition one, MetricDefinition other) => (one, other) switch
    {
        (CommitmentMetric a, CommitmentMetric b) => (a.Kind, a.CountsWhenDue, a.OnlyMatured) == (b.Kind, b.CountsWhenDue, b.OnlyMatured),
        (MeasureMetric a, MeasureMetric b) => (a.Sql, a.Variant, a.DependsOnPeriod) == (b.Sql, b.Variant, b.DependsOnPeriod),
        _ => false,
    };
}
