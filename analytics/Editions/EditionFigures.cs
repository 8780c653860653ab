using System.Text.Json;
using Followthrough.Analytics.Metrics;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>Counts an edition's figures from the rows it has just been given, and keeps them whole.</summary>
internal static class EditionFigures
{
    private static readonly Dimension[] Dimensions = [Dimension.Team, Dimension.Staff, Dimension.Region, Dimension.Segment, Dimension.Channel];

    public static async Task<IReadOnlyList<EditionFigure>> WriteAsync(AsKnown then, EditionDraft draft, Action<int> progress, CancellationToken ct)
    {
        await using var snapshot = await MetricSnapshot.OfAsync(then, hasRollups: false, () => ValueTask.CompletedTask, ct);
        var figures = new List<EditionFigure>();
        for (var i = 0; i < draft.Catalogue.Count; i++)
        {
            progress(i);
            foreach (var part in draft.Parts.Where(p => p.IsWithin || draft.Catalogue[i] is MeasureMetric { DependsOnPeriod: true }))
                await foreach (var (dimension, key, name, value) in OfAsync(snapshot, then, draft, draft.Catalogue[i], part, ct))
                    figures.Add(new EditionFigure(draft.Catalogue[i].Id, part.Period.Label, dimension, key, name, value));
        }
        await using var copy = await then.Connection.BeginBinaryImportAsync("copy public.edition_figure (edition_id, metric, part, dimension, key, name, value) from stdin (format binary)", ct);
        foreach (var (metric, part, dimension, key, name, value) in figures)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(draft.Id, NpgsqlDbType.Bigint, ct);
            foreach (var text in new[] { metric, part, dimension, key, name, JsonSerializer.Serialize(value, value.GetType(), EditionJson.Options) })
                if (text is null) await copy.WriteNullAsync(ct);
                else await copy.WriteAsync(text, NpgsqlDbType.Text, ct);
        }
        await copy.CompleteAsync(ct);
        return figures;
    }

    // Of the quarter for everybody, of its other parts for the company.
    private static async IAsyncEnumerable<(string Dimension, string? Key, string Name, MetricValue Value)> OfAsync(
        MetricSnapshot snapshot, AsKnown then, EditionDraft draft, MetricDefinition metric, EditionPart part,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var closed = new Closed([Of(draft)], draft.RowsOf(metric), metric is MeasureMetric { DependsOnPeriod: true } ? part.Period.Label : null, metric.Version, metric.Hash, null);
        await using var session = new MetricSession(snapshot, isOwner: false, EditionDraft.Question(metric, part.Period), metric, then.At) { Closed = closed };
        yield return ("all", null, "everything", await ValueAsync(session, ct));
        if (part.Period != draft.Period) yield break;
        foreach (var by in Dimensions)
            foreach (var group in await GroupsAsync(session, by, ct))
                yield return (by.ToString().ToLowerInvariant(), group.Key, group.Name, group.Value with { Edition = null });
    }

    private static async Task<MetricValue> ValueAsync(MetricSession session, CancellationToken ct) => await GroupsAsync(session, null, ct) is [var all] ? all.Value
        : session.Definition is CommitmentMetric rate ? CommitmentValueReader.Nothing(rate, session.AsOf, asKnownThen: false) : MeasureValueReader.Nothing(session);

    private static async Task<IReadOnlyList<MetricGroup>> GroupsAsync(MetricSession session, Dimension? by, CancellationToken ct) => session.Definition is CommitmentMetric
        ? [.. (await CommitmentReader.GroupsAsync(session, by, ct)).Select(g => new MetricGroup(g.Key, g.Name, g.Value))]
        : [.. (await MeasureReader.GroupsAsync(session, by, ct)).Select(g => new MetricGroup(g.Key, g.Name, g.Value))];

    private static Edition Of(EditionDraft draft) => new()
    {
        Id = draft.Id,
        Period = draft.Period,
        Number = draft.Number,
        CutOff = draft.Closing.CutOff,
        ClosedAt = draft.ClosedAt,
        Reason = draft.Closing.Reason,
        FirstBy = draft.Closing.First.Name,
        SecondBy = draft.Closing.Second!.Name,
        Zone = draft.Zone,
        LastBatch = draft.LastBatch,
        Hash = "",
        PreviousHash = draft.PreviousHash,
    };
}

/// <summary>A figure as an edition keeps it.</summary>
internal sealed record EditionFigure(string Metric, string Part, string Dimension, string? Key, string Name, MetricValue Value);
