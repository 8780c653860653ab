using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Accounts;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>One account of the risk list.</summary>
public sealed record RiskLine
{
    // After those of ChurnScores.RiskColumns.
    private const int First = 9;

    /// <summary>What the scoring says of it.</summary>
    public required AccountRisk Risk { get; init; }

    /// <summary>Source key.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }
    public required string? Segment { get; init; }
    public required string? Region { get; init; }

    /// <summary>Who owns it now; null when nobody does.</summary>
    public required NamedKey? Owner { get; init; }

    public required NamedKey? Team { get; init; }

    /// <summary>Commitments to it that are open and past due now.</summary>
    public required long Overdue { get; init; }

    /// <summary>When a person last spoke or wrote, on either side; null for never.</summary>
    public required DateTimeOffset? LastContactAt { get; init; }

    /// <summary>What speaks for leaving, what one can act on first.</summary>
    public IEnumerable<RiskReason> Against => RiskReason.ForLeaving(Risk.Reasons);

    internal static RiskLine Read(NpgsqlDataReader row) => new()
    {
        Risk = ChurnScores.Risk(row),
        Key = row.GetString(First),
        Name = row.GetString(First + 1),
        Segment = Text(row, First + 2),
        Region = Text(row, First + 3),
        Owner = Named(row, First + 4),
        Team = Named(row, First + 6),
        Overdue = row.GetInt64(First + 8),
        LastContactAt = row.GetFieldValue<DateTimeOffset?>(First + 9),
    };

    private static NamedKey? Named(NpgsqlDataReader row, int column) =>
        Text(row, column) is { } key ? new NamedKey(key, Text(row, column + 1) ?? key) : null;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>What the whole list comes to.</summary>
/// <param name="Accounts">How many fit.</param>
/// <param name="Likely">How many of them are likelier than not to leave.</param>
/// <param name="AtStake">Expected value at stake of all; null where it is unknown of all or in several currencies.</param>
/// <param name="Currency">ISO 4217 code of it.</param>
/// <param name="MostAt">Name of the account with most of it; null when nothing is at stake.</param>
public sealed record RiskTotals(long Accounts, long Likely, decimal? AtStake, string? Currency, string? MostAt)
{
    private const int First = 19;

    internal static RiskTotals None { get; } = new(0, 0, null, null, null);

    internal static RiskTotals Read(NpgsqlDataReader row)
    {
        decimal? stake = row.IsDBNull(First + 2) ? null : row.GetDecimal(First + 2);
        return new(row.GetInt64(First), row.GetInt64(First + 1), stake, row.IsDBNull(First + 3) ? null : row.GetString(First + 3), row.IsDBNull(First + 4) ? null : row.GetString(First + 4));
    }
}
