using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>Puts the rows down that figures rest on, and what they name: customers, people, teams, definitions, calendars.</summary>
internal static class EditionRows
{
    private static readonly string Into = Read("IntoCommitments");
    private static readonly string Commitments = Read("FromCommitments");
    private static readonly string IntoMeasures = Read("IntoMeasures");
    private static readonly string Measures = Read("FromMeasures");
    private static readonly string Names = Read("Named");

    public static async Task WriteAsync(AsKnown then, EditionDraft draft, Action<int> done, CancellationToken ct)
    {
        await using var snapshot = await MetricSnapshot.OfAsync(then, hasRollups: false, () => ValueTask.CompletedTask, ct);
        foreach (var (place, metric) in draft.Catalogue.Index())
        {
            done(place);
            foreach (var part in draft.Parts.Where(p => draft.RowsOf(metric) == metric.Id && (p.Period == draft.Period || metric is MeasureMetric { DependsOnPeriod: true })))
            {
                await using var session = new MetricSession(snapshot, isOwner: false, EditionDraft.Question(metric, part.Period), metric, then.At);
                await WriteAsync(session, draft, part, ct);
            }
        }
        await using var names = new NpgsqlCommand(Names, then.Connection) { CommandTimeout = 0 };
        names.Parameters.AddWithValue("edition", draft.Id);
        await names.ExecuteNonQueryAsync(ct);
        await DefineAsync(then.Connection, draft, ct);
    }

    private static async Task WriteAsync(MetricSession session, EditionDraft draft, EditionPart part, CancellationToken ct)
    {
        await using var command = session.Definition is CommitmentMetric
            ? CommitmentReader.OverRows(session, Into, Commitments)
            : MeasureReader.Command(session, attribute: true, null, Measures, IntoMeasures);
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("edition", draft.Id);
        command.Parameters.AddWithValue("rows_of", session.Definition.Id);
        command.Parameters.AddWithValue("part", part.Period.Label);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task DefineAsync(NpgsqlConnection connection, EditionDraft draft, CancellationToken ct)
    {
        await using (var parts = await connection.BeginBinaryImportAsync("copy public.edition_part (edition_id, part, starts, ends) from stdin (format binary)", ct))
        {
            foreach (var part in draft.Parts) await parts.WriteRowAsync(ct, draft.Id, part.Period.Label, part.Period.Start, part.Period.End);
            await parts.CompleteAsync(ct);
        }
        await using var copy = await connection.BeginBinaryImportAsync("copy public.edition_definition (edition_id, metric, version, hash, rows_of, definition) from stdin (format binary)", ct);
        foreach (var metric in draft.Catalogue)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(draft.Id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(metric.Id, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(metric.Version, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(metric.Hash, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(draft.RowsOf(metric), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(JsonSerializer.Serialize(Stated.Of(metric), EditionJson.Options), NpgsqlDbType.Jsonb, ct);
        }
        await copy.CompleteAsync(ct);
    }

    private static string Read(string file) => SqlText.Read(typeof(EditionRows), $"Editions/{file}.sql");

    private sealed record Stated(
        string Id, string Name, string InWords, string Formula, string Unit, string Aggregation, int MinimumN, bool DependsOnPeriod, string Sql)
    {
        public static Stated Of(MetricDefinition m) =>
            new(m.Id, m.Name, m.InWords, m.Formula, m.Unit.ToString(), m.Aggregation.ToString(), m.MinimumN, m is MeasureMetric { DependsOnPeriod: true }, m.Sql);
    }
}
