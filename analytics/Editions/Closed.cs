using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>
/// How a question about closed quarters is answered: from which editions, of which of their rows. Where they can't answer it, why; it is
/// then answered with that reason and with no rows, never with what is known now.
/// </summary>
/// <param name="Editions">First to last.</param>
/// <param name="RowsOf">The rows the metric was made of.</param>
/// <param name="Part">The part of the edition that is asked for; null where the quarter's rows answer for any days.</param>
/// <param name="Version">Of the definition then.</param>
/// <param name="Hash">Of the definition then.</param>
/// <param name="Refusal">Null where they can.</param>
internal sealed record Closed(IReadOnlyList<Edition> Editions, string RowsOf, string? Part, int Version, string Hash, string? Refusal)
{
    /// <summary>The last cut-off: the moment whose knowledge the answer states.</summary>
    public DateTimeOffset CutOff => Editions.Max(e => e.CutOff);

    /// <summary>How rows became the figure then.</summary>
    public Aggregation Aggregation { get; init; }

    public TimeZoneInfo Zone => Editions[^1].Zone;

    public EditionNote Note => new([.. Editions.Select(e => e.Name)], IsWhole: true);

    /// <summary>Which commitments a question is about, in place of the predicate over the ledger.</summary>
    public static string Commitments { get; } = Names + SqlText.Read(typeof(Closed), "Editions/ClosedCommitments.sql");

    /// <summary>Which rows of a measure a question is about, in place of the measure's statement and scope.</summary>
    public static string Measures { get; } = Names + SqlText.Read(typeof(Closed), "Editions/ClosedMeasures.sql");

    private static string Names => SqlText.Read(typeof(Closed), "Editions/ClosedNames.sql");

    /// <summary>Binds what those statements ask for.</summary>
    public void Bind(NpgsqlCommand command)
    {
        command.Parameters.AddWithValue("editions", NpgsqlDbType.Array | NpgsqlDbType.Bigint, Refusal is null ? Editions.Select(e => e.Id).ToArray() : []);
        command.Parameters.AddWithValue("rows_of", RowsOf);
        command.Parameters.AddWithValue("parts", NpgsqlDbType.Array | NpgsqlDbType.Text, Part is null ? Editions.Select(e => e.Period.Label).ToArray() : [Part]);
        command.Parameters.AddWithValue("any_days", Part is null);
    }

    /// <summary>What a figure is that comes from them.</summary>
    public T Stamp<T>(T value) where T : MetricValue => value with
    {
        Edition = Note,
        DefinitionVersion = Version,
        DefinitionHash = Hash,
        AsOf = CutOff,
        Reason = value.Value is null ? Refusal ?? value.Reason : null,
    };
}
