using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>Which questions closed quarters answer. Read once for all that one reader is asked.</summary>
internal sealed class ClosedQuestions
{
    private const string Sql = """
        select d.edition_id, d.metric, d.version, d.hash, d.rows_of, d.definition ->> 'aggregation' from edition_definition d
        """;

    private const string Parts = "select edition_id, part, starts, ends from edition_part";

    private readonly Dictionary<(long Edition, string Metric), Then> _definitions = [];
    private readonly List<(long Edition, string Part, DateOnly Starts, DateOnly Ends)> _parts = [];

    private ClosedQuestions(EditionList editions) => Editions = editions;

    public EditionList Editions { get; }

    public static async Task<ClosedQuestions> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        var questions = new ClosedQuestions(await EditionList.ReadAsync(db, ct));
        if (questions.Editions.All.Count == 0) return questions;
        await using (var command = db.CreateCommand(Sql))
        await using (var row = await command.ExecuteReaderAsync(ct))
            while (await row.ReadAsync(ct))
                questions._definitions[(row.GetInt64(0), row.GetString(1))] = new Then(row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5));
        await using (var command = db.CreateCommand(Parts))
        await using (var row = await command.ExecuteReaderAsync(ct))
            while (await row.ReadAsync(ct)) questions._parts.Add((row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3)));
        return questions;
    }

    /// <summary>How a question is answered from editions; null when it is about open days or asks for what is known now.</summary>
    public Closed? Of(MetricQuery query, MetricDefinition definition)
    {
        if (query.AsOf is not null || query.AsNowKnown || MetricCatalogue.Find(definition.Id) is null) return null;
        if (Editions.Covering(query.Period) is not { } editions) return null;
        var then = editions.Select(e => _definitions.GetValueOrDefault((e.Id, definition.Id))).ToList();
        if (then.Contains(null)) return Refused(editions, definition, "it was not among the figures when the quarter was closed");
        if (then.Distinct().Count() > 1) return Refused(editions, definition, "its definition changed between the quarters, which therefore don't add up");
        var (version, hash, rowsOf, aggregation) = then[0]!;
        if (aggregation != definition.Aggregation.ToString()) return Refused(editions, definition, "it was another kind of figure when the quarter was closed");
        var part = definition is MeasureMetric { DependsOnPeriod: true } ? PartOf(editions, query.Period) : null;
        if (part is null && definition is MeasureMetric { DependsOnPeriod: true })
            return Refused(editions, definition, "it depends on where the period begins and ends, and was closed for the quarter, its months and a finished year only");
        return part is null ? new Closed(editions, rowsOf, null, version, hash, null) : new Closed([part.Value.Edition], rowsOf, part.Value.Part, version, hash, null);
    }

    /// <summary>Whether a metric was among an edition's figures.</summary>
    public bool Knows(Edition edition, MetricDefinition definition) => _definitions.ContainsKey((edition.Id, definition.Id));

    /// <summary>The same of one edition, whether or not it stands.</summary>
    /// <exception cref="ArgumentException">It does not have that figure.</exception>
    public Closed In(Edition edition, MetricQuery query, MetricDefinition definition)
    {
        var then = _definitions.GetValueOrDefault((edition.Id, definition.Id)) ?? throw new ArgumentException($"{edition.Name} has no '{definition.Id}'.", nameof(definition));
        var part = definition is not MeasureMetric { DependsOnPeriod: true } ? null
            : PartOf([edition], query.Period)?.Part ?? throw new ArgumentException($"{edition.Name} has no '{definition.Id}' of {query.Period.Label}.", nameof(query));
        return new Closed([edition], then.RowsOf, part, then.Version, then.Hash, null) { Aggregation = Enum.Parse<Aggregation>(then.Aggregation) };
    }

    /// <summary>What to say of a figure that is answered with what is known now although some of its days are closed; null when none is.</summary>
    public EditionNote? NoteOf(MetricQuery query) => query.AsOf is null && Editions.Within(query.Period) is { Count: > 0 } editions
        ? new EditionNote([.. editions.Select(e => e.Name)], IsWhole: false) : null;

    // Of several parts with the same days the latest edition's: the year is in the one that completes it.
    private (Edition Edition, string Part)? PartOf(IReadOnlyList<Edition> editions, Period period)
    {
        foreach (var edition in editions.Reverse())
            if (_parts.Find(p => p.Edition == edition.Id && p.Starts == period.Start && p.Ends == period.End) is { Part: { } part }) return (edition, part);
        return null;
    }

    private static Closed Refused(IReadOnlyList<Edition> editions, MetricDefinition definition, string why) =>
        new(editions, definition.Id, null, definition.Version, definition.Hash, $"{string.Join(" and ", editions.Select(e => e.Name))} can't answer this: {why}");

    private sealed record Then(int Version, string Hash, string RowsOf, string Aggregation);
}
