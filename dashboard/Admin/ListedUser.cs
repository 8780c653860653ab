using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Data;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Admin;

/// <summary>A user as an administrator sees him.</summary>
public sealed record ListedUser
{
    private static readonly string Sql = SqlText.Read(typeof(ListedUser), "Admin/Users.sql");

    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The address by which another sign-in knows him; null for none.</summary>
    public required string? Email { get; init; }

    /// <summary>Key of the person in the facts; null when nobody has said.</summary>
    public required string? StaffKey { get; init; }

    /// <summary>The person's name; null when there is no such person.</summary>
    public required string? StaffName { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Keys of the teams for which he answers.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>Their names, in the same order; the key where there is no such team.</summary>
    public required IReadOnlyList<string> TeamNames { get; init; }

    public required DateTimeOffset? SignedInAt { get; init; }

    /// <summary>Since when he may not sign in; null while he may.</summary>
    public required DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Whether his password is one that somebody else made.</summary>
    public required bool MustChoosePassword { get; init; }

    public required bool HasSecondFactor { get; init; }

    /// <summary>Whether too many tries keep him out for some minutes.</summary>
    public required bool IsLockedOut { get; init; }

    internal static async Task<Listed<ListedUser>> ReadAsync(NpgsqlDataSource db, string? search, DateTimeOffset now, int offset, CancellationToken ct)
    {
        await using var command = Command(db, search, null, now, DataEndpoint.OnPage, offset);
        await using var row = await command.ExecuteReaderAsync(ct);
        var users = new List<ListedUser>();
        var total = 0L;
        while (await row.ReadAsync(ct))
        {
            users.Add(Read(row));
            total = row.GetInt64(13);
        }
        return new Listed<ListedUser>(users, total);
    }

    /// <summary>Null when there is none.</summary>
    internal static async Task<ListedUser?> FindAsync(NpgsqlDataSource db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Command(db, null, id, now, 1, 0);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Read(row) : null;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource db, string? search, Guid? id, DateTimeOffset now, int most, int offset)
    {
        var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)search ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Uuid, (object?)id ?? DBNull.Value);
        foreach (var value in new object[] { now, most, offset }) command.Parameters.AddWithValue(value);
        return command;
    }

    private static ListedUser Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        Email = row.IsDBNull(2) ? null : row.GetString(2),
        StaffKey = row.IsDBNull(3) ? null : row.GetString(3),
        StaffName = row.IsDBNull(4) ? null : row.GetString(4),
        Roles = row.GetFieldValue<string[]>(5),
        Teams = row.GetFieldValue<string[]>(6),
        TeamNames = row.GetFieldValue<string[]>(7),
        SignedInAt = row.GetFieldValue<DateTimeOffset?>(8),
        DisabledAt = row.GetFieldValue<DateTimeOffset?>(9),
        MustChoosePassword = row.GetBoolean(10),
        HasSecondFactor = row.GetBoolean(11),
        IsLockedOut = row.GetBoolean(12),
    };
}
