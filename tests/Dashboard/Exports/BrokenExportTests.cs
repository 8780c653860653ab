using System.Net;
using Followthrough.Dashboard.Access;

namespace Followthrough.Tests.Dashboard.Exports;

/// <summary>Downloads over a real connection that break off at either end.</summary>
public sealed class BrokenExportTests : IAsyncLifetime
{
    // The statement of the rows while it is being sent, by how it begins: the server keeps no more of it.
    private const string Reading = "select count(*) from pg_stat_activity where datname = current_database() and state <> 'idle' and query like '%The one predicate%' and pid <> pg_backend_pid()";

    private readonly DashboardHost _host = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public async Task A_download_whose_database_fails_in_the_middle_breaks_and_does_not_end(string extension)
    {
        using var client = await SignedInAsync();
        using var answer = await StartAsync(client, extension);
        await using var body = await answer.Content.ReadAsStreamAsync(Ct);
        Assert.NotEqual(0, await body.ReadAsync(new byte[1000], Ct));
        Assert.Equal("1", await TextAsync(Reading));
        await TextAsync(Reading.Replace("count(*)", "count(pg_terminate_backend(pid))", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null, Ct));
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public async Task A_reader_that_goes_away_frees_its_statement(string extension)
    {
        using var client = await SignedInAsync();
        using (var answer = await StartAsync(client, extension))
        {
            await using var body = await answer.Content.ReadAsStreamAsync(Ct);
            Assert.NotEqual(0, await body.ReadAsync(new byte[1000], Ct));
            Assert.Equal("1", await TextAsync(Reading));
        }
        for (var tries = 0; await TextAsync(Reading) != "0"; tries++)
        {
            Assert.True(tries < 100, "The statement is still at work.");
            await Task.Delay(50, Ct);
        }
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".xlsx")]
    public async Task A_download_whose_statement_fails_is_an_answer_with_a_reference_and_not_on_record(string extension)
    {
        using var client = await SignedInAsync();
        await TextAsync("alter table contact rename to away");
        using var answer = await client.GetAsync(new Uri($"/commitments{extension}?kind=call_back&period=2020-01-01..2026-12-31", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentDisposition);
        Assert.False(answer.Headers.Contains("X-Row-Count"));
        Assert.Matches("[0-9a-f]{16,}|[0-9A-Z]{13}:[0-9A-F]{8}", await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("0", await TextAsync($"select count(*) from access_log where action = '{LoggedAction.Exported}'"));
    }

    private static async Task<HttpResponseMessage> StartAsync(HttpClient client, string extension)
    {
        var answer = await client.GetAsync(new Uri($"/commitments{extension}?kind=call_back&period=2020-01-01..2026-12-31", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = await _host.ListenAsync() };
        var visitor = new Visitor(client);
        var oneTime = (await _host.InviteAsync())!;
        using var signedIn = await visitor.SignInAsync(FirstAdministrator.Name, oneTime);
        using var chosen = await visitor.ChoosePasswordAsync(oneTime, DashboardHost.OwnPassword);
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        // More than fits into the buffers on the way, compressed or not.
        await TextAsync("""
            with added as (
              insert into commitment (account_id, kind, commitment_key, definition_version, party, owed_by, team_key, opened_at, fixed_at, settles_at, first_contact_at, due_at, reminders, source_deleted)
              select (select account_id from account where source_key = 'crm:acme'), 'call_back', md5(i::text) || md5(i::text || 'x') || md5(i::text || 'y') || repeat(md5(i::text || 'z'), 2), 1, 'p', 'hr:S1', 'hr:T1', t, t, t + interval '1 day', t, t + interval '1 day', 0, false
              from (select i, timestamptz '2026-04-05T00:00Z' + i * interval '1 second' as t from generate_series(1, 150000) i) g
              returning 1)
            select count(*) from added
            """);
        return client;
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _host.Database.DataSource.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync(Ct)}";
    }
}
