using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Analytics.Store;

public sealed class ServerSettingsTests
{
    private const long Giga = 1L << 30;

    [Theory]
    [InlineData(1, "shared_buffers = 128MB", "work_mem = 8MB", "max_wal_size = 512MB")]
    [InlineData(2, "shared_buffers = 256MB", "work_mem = 8MB", "max_wal_size = 512MB")]
    [InlineData(8, "shared_buffers = 1024MB", "work_mem = 32MB", "max_wal_size = 1365MB")]
    [InlineData(24, "shared_buffers = 3072MB", "work_mem = 64MB", "max_wal_size = 4096MB")]
    [InlineData(256, "shared_buffers = 4096MB", "work_mem = 64MB", "max_wal_size = 4096MB")]
    public void Memory_and_log_grow_with_the_machine_within_bounds(int gigabytes, params string[] expected)
    {
        var lines = new ServerSettings(15432, null, Durable: true, gigabytes * Giga).Text.Split('\n');

        Assert.All(expected, line => Assert.Contains(line, lines));
    }

    [Fact]
    public void A_socket_folder_with_quotes_and_commas_is_one_folder()
    {
        var text = new ServerSettings(15432, "/srv/it's, here", Durable: true, Giga).Text;

        Assert.Contains("unix_socket_directories = '\"/srv/it''s, here\"'", text);
    }

    [Fact]
    public void Only_a_server_for_tests_gives_up_durability()
    {
        Assert.Contains("fsync = on", new ServerSettings(15432, null, Durable: true, Giga).Text);
        Assert.Contains("fsync = off", new ServerSettings(15432, null, Durable: false, Giga).Text);
    }
}
