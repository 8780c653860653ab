using System.Globalization;

namespace Followthrough.Analytics.Store;

/// <summary>
/// The server settings that differ from PostgreSQL's own, written anew at every start. <c>ALTER SYSTEM</c> still wins over them.
/// </summary>
internal sealed record ServerSettings(int Port, string? SocketFolder, bool Durable, long MemoryBytes)
{
    private const long Mega = 1L << 20;

    internal string Text => string.Join('\n', [.. Reach(), .. Memory(), .. Durable ? Kept() : Disposable(), .. Manners(), ""]);

    private IEnumerable<string> Reach() =>
    [
        "listen_addresses = '127.0.0.1'",
        $"port = {Port}",
        $"unix_socket_directories = {Quoted(SocketFolder is null ? "" : $"\"{SocketFolder}\"")}",
        "unix_socket_permissions = 0700",
        "max_connections = 100",
    ];

    // An eighth of the machine: the three programs and a browser share it, and the operating system caches the rest.
    private IEnumerable<string> Memory() =>
    [
        $"shared_buffers = {Durable switch { true => Megabytes(8, 128, 4096), false => "128MB" }}",
        $"effective_cache_size = {Megabytes(2, 512, 65536)}",
        $"work_mem = {Megabytes(256, 8, 64)}",
        $"maintenance_work_mem = {Megabytes(32, 64, 1024)}",
        // Containers often have 64 MB of /dev/shm, too little for one parallel hash join.
        $"dynamic_shared_memory_type = {(SharedMemoryIsSmall() ? "mmap" : "posix")}",
        "random_page_cost = 1.1",
        "jit = off",
    ];

    private IEnumerable<string> Kept() =>
    [
        "fsync = on",
        "synchronous_commit = on",
        "full_page_writes = on",
        $"max_wal_size = {Megabytes(6, 512, 4096)}",
        "checkpoint_timeout = 15min",
        "wal_compression = on",
    ];

    private static IEnumerable<string> Disposable() =>
    [
        "fsync = off",
        "synchronous_commit = off",
        "full_page_writes = off",
        "wal_level = minimal",
        "max_wal_senders = 0",
        "max_wal_size = 4GB",
    ];

    private static IEnumerable<string> Manners() =>
    [
        "password_encryption = 'scram-sha-256'",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "log_line_prefix = '%m [%p] %a '",
        // A failing statement may carry customers' data; the program that sent it reports the error.
        "log_min_error_statement = panic",
    ];

    private string Megabytes(int share, long least, long most) =>
        Math.Clamp(MemoryBytes / share / Mega, least, most).ToString(CultureInfo.InvariantCulture) + "MB";

    private static bool SharedMemoryIsSmall() =>
        !Directory.Exists("/dev/shm") || new DriveInfo("/dev/shm").AvailableFreeSpace < 1024 * Mega;

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
