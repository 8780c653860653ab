using System.Net.Sockets;
using System.Text;
using Followthrough.Ingest.Sources.Webhooks;
using Npgsql;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>Webhooks over a connection of their own: broken off, too large, too slow.</summary>
public sealed class HookWireTests : IAsyncLifetime
{
    private readonly DashboardHost _host = new() { Empty = true, Settings = new Dictionary<string, string> { ["Hooks:LargestBody"] = "2000" } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_sender_that_hangs_up_finds_its_answer_when_it_asks_again()
    {
        var address = await _host.ListenAsync();
        var sender = await HookSender.NewAsync(_host, HookScheme.Stripe, "hung-up", "stripe");
        var body = Encoding.UTF8.GetBytes(HookFaultTests.Customer("hungup"));
        // The merge is held up, so that the sender is gone before it is done.
        await using var holder = await _host.Database.DataSource.OpenConnectionAsync(Ct);
        await using (var hold = await holder.BeginTransactionAsync(Ct))
        {
            await using var take = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('merge', 20))", holder);
            await take.ExecuteNonQueryAsync(Ct);
            using (var socket = new TcpClient())
            {
                await socket.ConnectAsync(address.Host, address.Port, Ct);
                var headers = string.Concat(sender.Headers(body, SmallCompany.Now).Select(h => $"{h.Name}: {h.Value}\r\n"));
                await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {sender.Path} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {body.Length}\r\n\r\n"), Ct);
                await socket.GetStream().WriteAsync(body, Ct);
                await UntilAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted", "1");
                socket.Client.LingerState = new LingerOption(true, 0);
            }
            await hold.CommitAsync(Ct);
        }
        await UntilAsync("select count(*) from delivery where sender = 'hook:hung-up'", "1");

        var again = await sender.SendAsync(HookFaultTests.Customer("hungup"));
        Assert.Equal((200, (1, 1, 0)), (again.Status, again.Counts));
        Assert.Equal("1", await TextAsync("select count(*) from batch where source = 'hook:hung-up'"));
    }

    [Fact]
    public async Task A_body_may_be_as_long_as_the_limit_and_not_a_byte_longer_whether_it_says_so_or_not()
    {
        var address = await _host.ListenAsync();
        var sender = await HookSender.NewAsync(_host, HookScheme.Stripe, "large", "stripe");
        var fits = HookFaultTests.Customer("large").PadRight(2000);
        Assert.Equal(2000, Encoding.UTF8.GetByteCount(fits));
        Assert.Equal(200, (await sender.SendAsync(fits)).Status);
        Assert.Equal(413, (await sender.SendAsync(fits + " ")).Status);

        var body = Encoding.UTF8.GetBytes(fits + " ");
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, Ct);
        var headers = string.Concat(sender.Headers(body, SmallCompany.Now).Select(h => $"{h.Name}: {h.Value}\r\n"));
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {sender.Path} HTTP/1.1\r\nHost: x\r\n{headers}Transfer-Encoding: chunked\r\n\r\n7d1\r\n"), Ct);
        await socket.GetStream().WriteAsync(body, Ct);
        await socket.GetStream().WriteAsync("\r\n0\r\n\r\n"u8.ToArray(), Ct);
        using var answer = new StreamReader(socket.GetStream());
        Assert.StartsWith("HTTP/1.1 413", await answer.ReadLineAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up()
    {
        var address = await _host.ListenAsync();
        var sender = await HookSender.NewAsync(_host, HookScheme.Stripe, "slow", "stripe");
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, Ct);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST {sender.Path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{{"), Ct);
        using var answer = new StreamReader(socket.GetStream());
        Assert.StartsWith("HTTP/1.1 408", await answer.ReadLineAsync(Ct), StringComparison.Ordinal);
    }

    private async Task UntilAsync(string sql, string expected)
    {
        for (var tries = 0; await TextAsync(sql) != expected; tries++)
        {
            Assert.True(tries < 200, $"Never came true: {sql}");
            await Task.Delay(50, Ct);
        }
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _host.Database.DataSource.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync(Ct)}";
    }
}
