using System.Globalization;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Data;
using Npgsql;

namespace Followthrough.Dashboard.Accounts;

/// <summary>Sorts of events a timeline can be narrowed to.</summary>
public enum EventSort { Contact, Commitment, Promise, Issue, Survey, Order, Invoice, Delivery }

/// <summary>One thing that happened with an account.</summary>
public sealed record TimelineEvent
{
    public required DateTimeOffset At { get; init; }
    public required EventSort Sort { get; init; }

    /// <summary>Unique among the events of the account.</summary>
    public required string Key { get; init; }

    /// <summary>Table of the fact, or kind of the commitment.</summary>
    public required string Fact { get; init; }

    /// <summary>Key of the fact, or of the commitment.</summary>
    public required string SourceKey { get; init; }

    /// <summary>What it is about, in the source's words; of a commitment that was not fulfilled how it ended. Null where it has none.</summary>
    public required string? Subject { get; init; }

    public required string? Contact { get; init; }
    public required string? Staff { get; init; }

    /// <summary>Contacts: who turned to whom.</summary>
    public required string? Direction { get; init; }

    /// <summary>What kind of its sort: a call, the priority of an issue, the measure of a survey.</summary>
    public required string? Kind { get; init; }

    /// <summary>How it stands or ended; null where nothing is to be said.</summary>
    public required string? State { get; init; }

    /// <summary>Money of orders and invoices; of contacts the seconds talked.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>Currency of the money; of contacts the channel, of surveys the source.</summary>
    public required string? Of { get; init; }

    /// <summary>When it is or was due; null where nothing is.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The source deleted it later.</summary>
    public required bool Deleted { get; init; }

    /// <summary>The record of it.</summary>
    internal string Address(string account) => Sort is EventSort.Commitment or EventSort.Delivery
        ? CommitmentPath.Of(Fact, account, SourceKey)
        : RecordPath.Of(Fact, account, SourceKey);

    /// <summary>Where the next page begins: after this one.</summary>
    internal string Cursor => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}.{CommitmentPath.Encode(Key)}");

    /// <summary>Reads a cursor; null when it is none of ours.</summary>
    internal static (DateTimeOffset At, string Key)? Before(string? cursor)
    {
        if (cursor?.Split('.', 2) is not [var ticks, var key] || CommitmentPath.Decode(key) is not { } decoded) return null;
        return long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.Ticks
            ? (new DateTimeOffset(at, TimeSpan.Zero), decoded)
            : null;
    }

    internal static TimelineEvent Read(NpgsqlDataReader row) => new()
    {
        At = row.GetFieldValue<DateTimeOffset>(0),
        Sort = Enum.Parse<EventSort>(row.GetString(1), ignoreCase: true),
        Key = row.GetString(2),
        Fact = row.GetString(3),
        SourceKey = row.GetString(4),
        Subject = Text(row, 5),
        Contact = Text(row, 6),
        Staff = Text(row, 7),
        Direction = Text(row, 8),
        Kind = Text(row, 9),
        State = Text(row, 10),
        Amount = row.GetFieldValue<decimal?>(11),
        Of = Text(row, 12),
        DueAt = row.GetFieldValue<DateTimeOffset?>(13),
        Deleted = row.GetBoolean(14),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
