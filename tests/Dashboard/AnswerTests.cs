using System.Net;
using System.Text.Json;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard;

public sealed class AnswerTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/no-such-page")]
    [InlineData("/health")]
    [InlineData("/css/theme.css")]
    public async Task Every_answer_limits_what_a_browser_may_do_with_it(string address)
    {
        var visitor = await host.NewVisitorAsync();
        using var answer = await visitor.GetAsync(address);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Health_says_whether_the_database_answers_and_history_stands_and_nothing_else()
    {
        var visitor = await host.NewVisitorAsync();
        using var answer = await visitor.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var health = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(["status", "database", "history"], health.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("ok", health.RootElement.GetProperty("database").GetString());
    }

    [Fact]
    public async Task Pages_are_not_kept_by_the_browser_but_their_files_are()
    {
        var visitor = await host.SignedInAsync();
        using var page = await visitor.GetAsync("/");
        Assert.True(page.Headers.CacheControl!.NoStore);
        var document = await visitor.ReadAsync("/");
        foreach (var address in document.QuerySelectorAll("script[src], link[href]").Select(file => file.GetAttribute("src") ?? file.GetAttribute("href")!))
        {
            using var file = await visitor.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), file.Headers.CacheControl!.MaxAge);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("&status=missed")]
    [InlineData("&team=hr%3AT1&sort=account&dir=asc")]
    public async Task The_file_has_exactly_the_rows_of_the_screen_in_their_order(string filter)
    {
        var visitor = await host.SignedInAsync();
        var screen = await visitor.ReadAsync($"/commitments?period=2026-Q3{filter}");
        using var answer = await visitor.GetAsync($"/commitments.csv?period=2026-Q3{filter}");
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).TrimEnd().Split("\r\n".ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        var opened = lines.Skip(1).Select(line => line[line.IndexOf("Z,", StringComparison.Ordinal)..]).Count();
        var rows = screen.QuerySelectorAll("table.cards tbody tr");
        Assert.Equal(rows.Length, opened);
        Assert.Equal($"{rows.Length}", Assert.Single(answer.Headers.GetValues("X-Row-Count")));
        Assert.Equal(
            rows.Select(row => row.QuerySelector("td[data-label=Opened] time")!.GetAttribute("datetime")),
            lines.Skip(1).Select(line => System.Text.RegularExpressions.Regex.Match(line, @",(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ),").Groups[1].Value));
        Assert.Contains($"{rows.Length}-rows", answer.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        Assert.Contains("2026-Q3", answer.Content.Headers.ContentDisposition.FileNameStar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cell_of_the_file_is_a_formula()
    {
        var visitor = await host.SignedInAsync();
        using var answer = await visitor.GetAsync("/commitments.csv?period=2026-Q3");
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Invoice\"\")\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u00a0=1", "'\u00a0=1")]
    [InlineData("\u200b=1", "'\u200b=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData(null, "")]
    public void A_cell_is_never_taken_for_a_formula(string? text, string cell) => Assert.Equal(cell, CsvCell.Of(text));
}
