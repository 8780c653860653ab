using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Accounts;

/// <summary>Who an account is, whose it is now, and who can be spoken with there.</summary>
public sealed record AccountFacts
{
    private static readonly string Sql = AccountScope.Into(SqlText.Read(typeof(AccountFacts), "Accounts/Account.sql"));
    private static readonly string ContactSql = SqlText.Read(typeof(AccountFacts), "Accounts/Contacts.sql");

    /// <summary>Source key.</summary>
    public required string Key { get; init; }

    public required string Name { get; init; }
    public required string? Segment { get; init; }
    public required string? Region { get; init; }
    public required string? Industry { get; init; }
    public required string? Country { get; init; }

    /// <summary>The zone in which its days begin: the promised calendar's, else its own; null when neither is known.</summary>
    public required string? TimeZone { get; init; }

    /// <summary>Name of the calendar promised to it; null when none is.</summary>
    public required string? Calendar { get; init; }

    public required string? Phone { get; init; }
    public required string? Currency { get; init; }

    /// <summary>When the relationship ended; null while it lasts.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    public required NamedKey? Owner { get; init; }
    public required NamedKey? Team { get; init; }
    public required NamedKey? Sponsor { get; init; }
    public required IReadOnlyList<AccountContact> Contacts { get; init; }

    /// <summary>Null when there is none, or none that the viewer may see.</summary>
    internal static async Task<AccountFacts?> FindAsync(NpgsqlDataSource db, PageFrame frame, string key, CancellationToken ct)
    {
        await using var command = Command(db, Sql, frame, key);
        command.Parameters.AddWithValue("key", key);
        AccountScope.Bind(command, frame.Viewer);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Read(row, key) with { Contacts = await ContactsAsync(db, frame, key, ct) } : null;
    }

    private static async Task<IReadOnlyList<AccountContact>> ContactsAsync(NpgsqlDataSource db, PageFrame frame, string key, CancellationToken ct)
    {
        await using var command = Command(db, ContactSql, frame, key);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var contacts = new List<AccountContact>();
        while (await rows.ReadAsync(ct))
            contacts.Add(new AccountContact(rows.GetString(0), Text(rows, 1), Text(rows, 2), Text(rows, 3), Text(rows, 4), Text(rows, 5), rows.GetBoolean(6)));
        return contacts;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource db, string sql, PageFrame frame, string key)
    {
        var command = db.CreateCommand(sql);
        command.Parameters.AddWithValue("id", AccountId.Of(key));
        command.Parameters.AddWithValue("now", frame.Now);
        return command;
    }

    private static AccountFacts Read(NpgsqlDataReader row, string key) => new()
    {
        Key = key,
        Name = row.GetString(0),
        Segment = Text(row, 1),
        Region = Text(row, 2),
        Industry = Text(row, 3),
        Country = Text(row, 4),
        TimeZone = Text(row, 5),
        Calendar = Text(row, 6),
        Phone = Text(row, 7),
        Currency = Text(row, 8),
        EndedAt = row.GetFieldValue<DateTimeOffset?>(9),
        Owner = Named(row, 10),
        Team = Named(row, 12),
        Sponsor = Named(row, 14),
        Contacts = [],
    };

    private static NamedKey? Named(NpgsqlDataReader row, int column) =>
        Text(row, column) is { } key ? new NamedKey(key, Text(row, column + 1) ?? key) : null;

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>Something of ours by its source key, with what to show.</summary>
public sealed record NamedKey(string Key, string Name);

/// <summary>A person of the customer's and how he wants to be reached (null where never said).</summary>
public sealed record AccountContact(string Name, string? Title, string? Tier, string? Email, string? Phone, string? PreferredChannel, bool DoNotContact);
