using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>A system whose webhooks are taken.</summary>
public sealed record HookSource
{
    private static readonly string Sql = SqlText.Read(typeof(HookSource), "Sources/Webhooks/HookSource.sql");

    /// <summary>Its name, the last part of its address.</summary>
    public required string Name { get; init; }

    /// <summary>A shipped mapping, or a system that stands for all its mappings.</summary>
    public required string Mapping { get; init; }

    /// <summary>How it signs.</summary>
    public required HookScheme Scheme { get; init; }

    /// <summary>The address as the sender calls it, where that is signed too; else null.</summary>
    public required string? Address { get; init; }

    /// <summary>The secret, encrypted.</summary>
    public required string Secret { get; init; }

    /// <summary>The secret before it, encrypted; null when it is not good any more, or there was none.</summary>
    public required string? PreviousSecret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the secret was last changed; null when never.</summary>
    public required DateTimeOffset? RotatedAt { get; init; }

    /// <summary>What its batches and deliveries call it.</summary>
    public string Sender => $"hook:{Name}";

    /// <summary>The source of a name; null when there is none.</summary>
    /// <param name="db">The store.</param>
    /// <param name="name">Its name.</param>
    /// <param name="now">Decides whether the previous secret is still good.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<HookSource?> FindAsync(NpgsqlDataSource db, string name, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(now);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    internal static HookSource Read(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0),
        Mapping = row.GetString(1),
        Scheme = Enum.Parse<HookScheme>(row.GetString(2), ignoreCase: true),
        Address = row.IsDBNull(3) ? null : row.GetString(3),
        Secret = row.GetString(4),
        PreviousSecret = row.IsDBNull(5) ? null : row.GetString(5),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(6),
        RotatedAt = row.GetFieldValue<DateTimeOffset?>(7),
    };
}
