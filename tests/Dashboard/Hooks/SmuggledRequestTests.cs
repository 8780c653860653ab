using System.Net.Sockets;
using System.Text;
using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>Requests whose end a proxy and the program could see in two places: none is answered as if it were sound.</summary>
public sealed class SmuggledRequestTests : IAsyncLifetime
{
    private readonly DashboardHost _host = new() { Empty = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("POST {0} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n{{}}  ")]
    [InlineData("POST {0} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST {0} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n")]
    [InlineData("POST {0} HTTP/1.1\r\nHost: x\r\nContent-Length : 2\r\n\r\n{{}}")]
    [InlineData("POST {0} HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: 2\r\n\r\n{{}}")]
    [InlineData("POST {0} HTTP/1.1\r\nHost: x\r\nA: b\rc\r\nContent-Length: 2\r\n\r\n{{}}")]
    [InlineData("POST {0} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}")]
    public async Task It_is_refused_and_nothing_is_in(string request)
    {
        var address = await _host.ListenAsync();
        var sender = await HookSender.NewAsync(_host, HookScheme.Stripe, $"smuggled-{Guid.NewGuid():N}"[..30], "stripe");

        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, Ct);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, sender.Path)), Ct);
        using var answer = new StreamReader(socket.GetStream());

        Assert.StartsWith("HTTP/1.1 400", await answer.ReadLineAsync(Ct), StringComparison.Ordinal);
        await using var command = _host.Database.DataSource.CreateCommand("select count(*) from batch");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task With_a_length_and_in_pieces_it_is_read_in_pieces_and_the_connection_ends()
    {
        var address = await _host.ListenAsync();
        var sender = await HookSender.NewAsync(_host, HookScheme.Stripe, "two-ends", "stripe");

        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, Ct);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {sender.Path} HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n"), Ct);
        using var answer = new StreamReader(socket.GetStream());
        var all = await answer.ReadToEndAsync(Ct);

        // One answer, a refusal; what follows in the same bytes is no request.
        Assert.StartsWith("HTTP/1.1 4", all, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(all, "HTTP/1\\.1 "));
    }
}
