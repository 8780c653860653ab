using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access.Tokens;

namespace Followthrough.Tests.Dashboard.Api;

/// <summary>What programs read of the small company, with a token or a session.</summary>
public sealed class ApiTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    // Letters of every script as themselves, so that they are found.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_figure_has_what_is_needed_to_judge_it()
    {
        using var answer = await SameAnswerTests.JsonAsync(await host.SignedInAsync(), "/api/v1/metrics/respond_24h?period=2026-Q3&by=team");
        var figure = answer.RootElement.GetProperty("figure");
        Assert.Equal((3, 6), (figure.GetProperty("kept").GetInt32(), figure.GetProperty("n").GetInt32()));
        Assert.Equal(0.5, figure.GetProperty("value").GetDouble());
        Assert.True(figure.GetProperty("interval").GetProperty("low").GetDouble() < 0.5);
        Assert.Equal(16, figure.GetProperty("definition_hash").GetString()!.Length);
        Assert.Equal(SmallCompany.Now, figure.GetProperty("as_of").GetDateTimeOffset());
        Assert.Equal(["hr:T1", "hr:T2"], answer.RootElement.GetProperty("groups").EnumerateArray().Select(g => g.GetProperty("key").GetString()).Order());
    }

    [Fact]
    public async Task A_figure_that_is_none_says_why()
    {
        using var answer = await SameAnswerTests.JsonAsync(await host.SignedInAsync(), "/api/v1/metrics/respond_24h?period=2020-Q1");
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("figure").GetProperty("value").ValueKind);
        Assert.NotEqual("", answer.RootElement.GetProperty("figure").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("/api/v1/metrics/respond_24h?colour=red", "“colour” is no parameter of this address")]
    [InlineData("/api/v1/commitments?size=5000", "a page has 1 to 1000 rows")]
    [InlineData("/api/v1/commitments?period=soon", "“soon” is no period")]
    [InlineData("/api/v1/commitments?cursor=AAAA", "The cursor is not of this question")]
    [InlineData("/api/v1/people?team=hr:T1", "“team” is no parameter of this address")]
    public async Task What_cannot_be_understood_is_refused_in_words(string address, string words)
    {
        using var answer = await (await host.SignedInAsync()).GetAsync(address);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Contains(words, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_again_until_the_ledger_changes()
    {
        var visitor = await host.SignedInAsync();
        const string Address = "/api/v1/metrics/respond_24h?period=2026-Q3";
        using var first = await visitor.GetAsync(Address);
        Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true });
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(Address, first.Headers.ETag!));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync("/api/v1/metrics/respond_24h?period=2026-Q2", first.Headers.ETag!));
        await RunAsync("update ledger_state set version = version + 1");
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(Address, first.Headers.ETag!));
    }

    [Fact]
    public async Task A_token_reads_what_its_user_sees_and_a_bad_one_nothing()
    {
        await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1");
        var user = await IdAsync("select user_id from app_user where user_name like 'manager-%' order by created_at desc limit 1");
        var token = await (await host.PartAsync<ReadTokens>()).MakeAsync(user, "reader", TimeSpan.FromDays(1), TokenScope.Read, Ct);
        var program = await host.NewProgramAsync();
        foreach (var address in new[] { "/api/v1/commitments?period=2026-Q3", "/api/v1/accounts", "/api/v1/people", "/api/v1/metrics/respond_24h?period=2026-Q3&by=account" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var answer = await program.SendAsync(request, Ct);
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
            var text = JsonSerializer.Serialize(body, Plain);
            Assert.True(text.Contains("acme", StringComparison.Ordinal) || text.Contains("hr:S1", StringComparison.Ordinal), text);
            Assert.DoesNotContain("crm:rtl", text, StringComparison.Ordinal);
            Assert.DoesNotContain("hr:S2", text, StringComparison.Ordinal);
            Assert.DoesNotContain(SmallCompany.RightToLeft, text, StringComparison.Ordinal);
        }
        using var bad = new HttpRequestMessage(HttpMethod.Get, "/api/v1/accounts") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "no") } };
        using var refused = await program.SendAsync(bad, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var hidden = await program.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/accounts/crm:rtl") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task Pages_give_each_row_once_while_rows_are_added()
    {
        var visitor = await host.SignedInAsync();
        await AddAsync("a", 50);
        var seen = new List<string>();
        var pages = 0;
        for (string? next = "/api/v1/commitments?kind=call_back&period=2026-Q2&size=10"; next is not null; pages++)
        {
            using var page = await SameAnswerTests.JsonAsync(visitor, next);
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("commitment").GetString()!));
            next = page.RootElement.GetProperty("next").GetString();
            if (pages < 3) await AddAsync($"b{pages}", 5);
        }
        Assert.True(pages >= 5);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(50, seen.Count(key => key.StartsWith("a-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task Rows_that_share_their_place_are_given_once_each_whatever_the_page(int size)
    {
        await using var ties = new DashboardHost();
        await ties.InitializeAsync();
        var visitor = await ties.SignedInAsync();
        // Notices of one milestone for several agreed dates: one record, one instant, another delay each.
        await using (var add = ties.Database.DataSource.CreateCommand("""
            insert into commitment (account_id, kind, commitment_key, definition_version, party, owed_by, team_key, opened_at, fixed_at, settles_at, first_contact_at, due_at, reminders, source_deleted)
            select (select account_id from account where source_key = 'crm:acme'), 'delay_notice', 'm' || i / 8 || '/' || i, 1, 'p', 'hr:S1', 'hr:T1', t, t, t + i * interval '1 day', t, t + i * interval '1 day', 0, false
            from (select i, timestamptz '2026-04-05T00:00Z' as t from generate_series(1, 20) i) g
            """))
            await add.ExecuteNonQueryAsync(Ct);
        var seen = new List<decimal>();
        for (var next = $"/api/v1/metrics/delay_notice_day_p50/rows?period=2026-Q2&size={size}"; next is not null;)
        {
            using var page = await SameAnswerTests.JsonAsync(visitor, next);
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("amount").GetDecimal()));
            next = page.RootElement.GetProperty("next").GetString();
        }
        Assert.Equal(20, seen.Count);
        Assert.Equal(20, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_document_has_every_address_and_its_parameters_and_the_page_runs_them()
    {
        var visitor = await host.SignedInAsync();
        using var document = await SameAnswerTests.JsonAsync(visitor, "/api/v1/openapi.json");
        var paths = document.RootElement.GetProperty("paths");
        Assert.Equal(
            ["/api/v1/accounts", "/api/v1/accounts/{key}", "/api/v1/audits", "/api/v1/audits/findings", "/api/v1/audits/findings/{id}", "/api/v1/audits/findings/{id}/answer", "/api/v1/audits/findings/{id}/back", "/api/v1/audits/findings/{id}/close", "/api/v1/audits/projects/{account}/{key}", "/api/v1/audits/projects/{account}/{key}/assign", "/api/v1/audits/projects/{account}/{key}/findings", "/api/v1/audits/projects/{account}/{key}/items", "/api/v1/audits/projects/{account}/{key}/reopen", "/api/v1/audits/projects/{account}/{key}/sign", "/api/v1/audits/{quarter}/projects", "/api/v1/audits/{quarter}/signatures", "/api/v1/churn/accounts", "/api/v1/churn/model", "/api/v1/commitments", "/api/v1/jobs", "/api/v1/metrics", "/api/v1/metrics/{id}", "/api/v1/metrics/{id}/rows", "/api/v1/pay/disputes", "/api/v1/pay/disputes/{id}", "/api/v1/pay/disputes/{id}/answer", "/api/v1/pay/disputes/{id}/decide", "/api/v1/pay/runs", "/api/v1/pay/runs/{id}", "/api/v1/pay/runs/{id}/abandon", "/api/v1/pay/runs/{id}/approve", "/api/v1/pay/runs/{id}/held", "/api/v1/pay/runs/{id}/recalculate", "/api/v1/pay/runs/{id}/review", "/api/v1/pay/runs/{id}/send", "/api/v1/pay/runs/{id}/send-back", "/api/v1/pay/runs/{id}/statements", "/api/v1/pay/runs/{id}/statements/{staff}", "/api/v1/pay/runs/{id}/statements/{staff}/disputes", "/api/v1/pay/runs/{id}/withdraw", "/api/v1/people", "/api/v1/people/{key}/scorecard", "/api/v1/sources", "/api/v1/teams/{key}/scorecard"],
            paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        Assert.Contains("by", paths.GetProperty("/api/v1/metrics/{id}").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        var page = await visitor.ReadAsync("/api");
        foreach (var link in page.QuerySelectorAll("main a[href^='/api/v1']").Select(a => a.GetAttribute("href")!))
            (await SameAnswerTests.JsonAsync(visitor, link)).Dispose();
    }

    // Rows spread over the quarter, so that some come in before the place where the reader is.
    private Task AddAsync(string prefix, int count) => RunAsync($"""
        insert into commitment (account_id, kind, commitment_key, definition_version, party, owed_by, team_key, opened_at, fixed_at, settles_at, first_contact_at, due_at, reminders, source_deleted)
        select (select account_id from account where source_key = 'crm:acme'), 'call_back', '{prefix}-' || i, 1, 'p', 'hr:S1', 'hr:T1', t, t, t + interval '1 day', t, t + interval '1 day', 0, false
        from (select i, timestamptz '2026-04-05T00:00Z' + (i * 77 % 1000) * interval '1 hour' as t from generate_series(1, {count}) i) g
        """);

    private async Task<HttpStatusCode> AgainAsync(string address, EntityTagHeaderValue tag) =>
        (await (await host.SignedInAsync()).GetKnownAsync(address, tag)).StatusCode;

    private async Task RunAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<Guid> IdAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return (Guid)(await command.ExecuteScalarAsync(Ct))!;
    }
}
