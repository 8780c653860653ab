using System.Runtime.InteropServices;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>What the installation runs on and how far it is.</summary>
public sealed record MachineState
{
    private static readonly string Sql = SqlText.Read(typeof(MachineState), "Admin/System.sql");

    // What behaves differently from one version to the next, and is asked for first when something is wrong.
    private static readonly string[] Libraries =
        ["Npgsql", "Microsoft.EntityFrameworkCore", "Quartz", "Confluent.Kafka", "CsvHelper", "DocumentFormat.OpenXml", "YamlDotNet", "System.CommandLine"];

    /// <summary>Version of the PostgreSQL server.</summary>
    public required string Server { get; init; }

    /// <summary>Size of the database in bytes.</summary>
    public required long DatabaseBytes { get; init; }

    /// <summary>Accounts whose ledger is behind their facts.</summary>
    public required long DirtyAccounts { get; init; }

    /// <summary>The earliest moment that changed in them; null when none is, or all of their history is.</summary>
    public required DateTimeOffset? DirtySince { get; init; }

    public required long Batches { get; init; }

    /// <summary>Gaps of streams that hold a partition up.</summary>
    public required long OpenGaps { get; init; }

    public required IReadOnlyList<StreamLag> Streams { get; init; }

    /// <summary>Bytes of all files in the data folder, an embedded database with them.</summary>
    public required long FolderBytes { get; init; }

    /// <summary>Bytes free on its disk.</summary>
    public required long FreeBytes { get; init; }

    /// <summary>The runtime and its machine.</summary>
    public static string Runtime => $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";

    /// <summary>Libraries in use, with their versions.</summary>
    public static IReadOnlyList<(string Name, string Version)> Versions =>
    [
        .. from assembly in AppDomain.CurrentDomain.GetAssemblies()
           let name = assembly.GetName()
           where name.Name is not null && (Libraries.Contains(name.Name) || name.Name.StartsWith("Followthrough.", StringComparison.Ordinal)) && name.Name != "Followthrough.Tests"
           orderby name.Name
           select (name.Name, name.Version?.ToString(3) ?? ""),
    ];

    internal static async Task<MachineState> ReadAsync(NpgsqlDataSource db, DataFolder folder, CancellationToken ct)
    {
        var streams = await StreamLag.ReadAsync(db, ct);
        await using var command = db.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return new MachineState
        {
            Server = row.GetString(0),
            DatabaseBytes = row.GetInt64(1),
            DirtyAccounts = row.GetInt64(2),
            DirtySince = row.GetFieldValue<DateTimeOffset?>(3),
            Batches = row.GetInt64(4),
            OpenGaps = row.GetInt64(5),
            Streams = streams,
            FolderBytes = BytesOf(folder, ct),
            FreeBytes = new DriveInfo(folder.Path).AvailableFreeSpace,
        };
    }

    // A database at work removes files while they are counted.
    private static long BytesOf(DataFolder folder, CancellationToken ct)
    {
        var bytes = 0L;
        var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in new DirectoryInfo(folder.Path).EnumerateFiles("*", all))
        {
            ct.ThrowIfCancellationRequested();
            bytes += file.Exists ? file.Length : 0;
        }
        return bytes;
    }
}

/// <summary>How far a partition of a stream is.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its number.</param>
/// <param name="Behind">Messages behind the broker when the last batch went in; null when it is not known.</param>
/// <param name="At">When that was; null before the first.</param>
/// <param name="Owner">Who reads it.</param>
public sealed record StreamLag(string Topic, int Partition, long? Behind, DateTimeOffset? At, string Owner)
{
    private static readonly string Sql = SqlText.Read(typeof(StreamLag), "Admin/Streams.sql");

    internal static async Task<IReadOnlyList<StreamLag>> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(ct);
        var lags = new List<StreamLag>();
        while (await row.ReadAsync(ct))
            lags.Add(new StreamLag(row.GetString(0), row.GetInt32(1), row.GetFieldValue<long?>(2), row.GetFieldValue<DateTimeOffset?>(3), row.GetString(4)));
        return lags;
    }
}
