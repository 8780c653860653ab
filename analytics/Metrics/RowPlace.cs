using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Metrics;

/// <summary>Where a list by key was left: the row after which it goes on. Rows that come in later never move those before it.</summary>
/// <param name="At">When the row counts; a commitment's opening.</param>
/// <param name="Fact">The fact it comes from; empty for a commitment.</param>
/// <param name="Key">Source key of that fact.</param>
/// <param name="Account">Source key of the account; empty when unknown.</param>
/// <param name="Ties">How many rows of exactly this place the list had when it was left: a fact may bring several, and none may be lost between two pages.</param>
public sealed record RowPlace(DateTimeOffset At, string Fact, string Key, string Account, int Ties = 1)
{
    /// <summary>The place of a commitment.</summary>
    public static RowPlace Of(CommitmentRow row) => new(row.OpenedAt, "", row.CommitmentKey, row.Account);

    /// <summary>The place of a measure's row.</summary>
    public static RowPlace Of(MeasureRow row) => new(row.At, row.Fact, row.Key, row.Account);

    internal static void Bind(NpgsqlCommand command, RowPlace? after)
    {
        command.Parameters.AddWithValue("after_at", NpgsqlDbType.TimestampTz, (object?)after?.At ?? DBNull.Value);
        command.Parameters.AddWithValue("after_fact", NpgsqlDbType.Text, (object?)after?.Fact ?? DBNull.Value);
        command.Parameters.AddWithValue("after_key", NpgsqlDbType.Text, (object?)after?.Key ?? DBNull.Value);
        command.Parameters.AddWithValue("after_account", NpgsqlDbType.Text, (object?)after?.Account ?? DBNull.Value);
    }
}

/// <summary>All rows of a question, of one snapshot.</summary>
/// <param name="Total">How many there are, exactly.</param>
/// <param name="AsOf">The moment whose knowledge and clock they state.</param>
/// <param name="Rows">Each of them, streamed.</param>
public sealed record AllRows<T>(long Total, DateTimeOffset AsOf, IAsyncEnumerable<T> Rows)
{
    /// <summary>Version and hash of the definition that made them; that of the edition where closed quarters answer.</summary>
    public required (int Version, string Hash) Definition { get; init; }
}
