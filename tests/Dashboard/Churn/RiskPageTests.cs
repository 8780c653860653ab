using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Commitments;

namespace Followthrough.Tests.Dashboard.Churn;

/// <summary>The risk list over the small company, checked by hand; who sees a part finds nothing of the others.</summary>
public sealed class RiskPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_says_who_may_leave_what_is_at_stake_and_why()
    {
        var page = await (await ScoredAsync()).ReadAsync("/churn");
        Assert.Equal("2 of 3 customers are likelier than not to leave; 3,800 EUR of next year's revenue is at stake, most at " + SmallCompany.Formula + ".", Text(page.QuerySelector(".finding")!));
        // The most at stake first; the unknown amount last.
        Assert.Equal([SmallCompany.Formula, SmallCompany.LongName, SmallCompany.RightToLeft], Names(page));
        var acme = page.QuerySelectorAll("tbody tr")[1];
        Assert.Equal(["80.0 % leaves", "+10.0", "800.00 at stake", "Ada ByronService North"], new[] { "Status", "Change", "Amount", "Person" }.Select(label => Cell(acme, label)));
        Assert.Equal(["Answers: mean time to our answer 48 hours, usually 6 hours.", "Promises and dates: promises not kept in time 2, usually 0."], acme.QuerySelectorAll(".why span").Select(Text));
        Assert.Equal("—", Cell(page.QuerySelectorAll("tbody tr")[2], "Amount").Split(' ')[0]);
        Assert.Contains("This is the model's list.", Text(page.QuerySelector(".notice.told")!), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task It_is_narrowed_and_sorted_and_the_files_hold_exactly_what_was_asked()
    {
        var visitor = await ScoredAsync();
        Assert.Equal([SmallCompany.LongName], Names(await visitor.ReadAsync("/churn?team=hr%3AT1")));
        Assert.Equal([SmallCompany.LongName], Names(await visitor.ReadAsync("/churn?owner=hr%3AS1")));
        Assert.Equal(2, Names(await visitor.ReadAsync("/churn?region=South")).Length);
        Assert.Equal(SmallCompany.LongName, Names(await visitor.ReadAsync("/churn?order=probability"))[0]);
        Assert.Equal(SmallCompany.RightToLeft, Names(await visitor.ReadAsync("/churn?order=probability&dir=asc"))[0]);
        Assert.Equal("3", (await visitor.ReadAsync("/churn?size=25")).QuerySelector(".total b")!.TextContent);
        using var file = await visitor.GetAsync("/churn.csv?region=South&order=probability");
        Assert.Equal("2", Assert.Single(file.Headers.GetValues("X-Row-Count")));
        Assert.Contains("churn_risk v", Assert.Single(file.Headers.GetValues("X-Definition")), StringComparison.Ordinal);
        var lines = (await file.Content.ReadAsStringAsync(Ct)).TrimStart('\ufeff').TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("account,account_name,segment,region,owner,owner_name,team,team_name,probability,", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Invoice\"\")\"", lines[1], StringComparison.Ordinal);
        Assert.Contains(",0.6,2,,5000,3000,EUR,", lines[1].Replace(".00", "", StringComparison.Ordinal).Replace(".0", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var sheet = await visitor.GetAsync("/churn.xlsx");
        Assert.Equal("3", Assert.Single(sheet.Headers.GetValues("X-Row-Count")));
        await visitor.ReadAsync("/churn?order=worth", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Staff_and_managers_find_their_own_customers_in_list_file_account_and_api_and_nobody_elses()
    {
        await ScoredAsync();
        foreach (var visitor in new[] { await host.NewSignedInAsAsync(Role.Staff, "hr:S1"), await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1") })
        {
            var page = await visitor.ReadAsync("/churn");
            Assert.Equal([SmallCompany.LongName], Names(page));
            Assert.StartsWith("1 of 1 customer is likelier", Text(page.QuerySelector(".finding")!), StringComparison.Ordinal);
            Assert.Contains("800.00 EUR", Text(page.QuerySelector(".finding")!), StringComparison.Ordinal);
            using var file = await visitor.GetAsync("/churn.csv");
            Assert.DoesNotContain("HYPERLINK", await file.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
            using var answer = await visitor.GetAsync("/api/v1/churn/accounts");
            var list = await JsonAsync(answer);
            Assert.Equal(1, list.GetProperty("accounts").GetProperty("total").GetInt64());
            using var foreign = await visitor.GetAsync("/api/v1/churn/accounts?account=crm:rtl");
            Assert.Equal(0, (await JsonAsync(foreign)).GetProperty("accounts").GetProperty("total").GetInt64());
            Assert.NotNull((await visitor.ReadAsync("/accounts/crm:acme")).QuerySelector("#risk"));
            await visitor.ReadAsync($"/accounts/{CommitmentPath.Encode(SmallCompany.HostileAccount)}", HttpStatusCode.NotFound);
        }
        Assert.Contains("None of the scored customers is yours", (await (await host.NewSignedInAsAsync(Role.Staff)).ReadAsync("/churn")).QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accounts_page_shows_the_facts_behind_each_reason_against_what_is_usual()
    {
        var visitor = await ScoredAsync();
        var risk = (await visitor.ReadAsync("/accounts/crm:acme")).QuerySelector("#risk")!;
        Assert.Contains("80.0 %", Text(risk), StringComparison.Ordinal);
        var lines = risk.QuerySelectorAll("tbody tr");
        Assert.Contains("speaks for leaving", lines[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["Mean time to our answer", "48 hours", "6 hours"], lines[1].QuerySelectorAll("td").Select(Text));
        Assert.Contains("speaks for staying", risk.TextContent, StringComparison.Ordinal);
        foreach (var link in risk.QuerySelectorAll("tbody a")) await visitor.ReadAsync(link.GetAttribute("href")!.Split('#')[0]);
        Assert.Equal(3, risk.QuerySelectorAll("tbody a").Length);
    }

    [Fact]
    public async Task The_api_pages_through_all_in_the_order_of_their_keys_and_says_when_nothing_changed()
    {
        var visitor = await ScoredAsync();
        var keys = new List<string>();
        string? next = "/api/v1/churn/accounts?size=2";
        while (next is not null)
        {
            using var answer = await visitor.GetAsync(next);
            var list = (await JsonAsync(answer)).GetProperty("accounts");
            keys.AddRange(list.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("account").GetString()!));
            Assert.Equal(3, list.GetProperty("total").GetInt64());
            next = list.GetProperty("next").GetString();
        }
        Assert.Equal(new[] { "crm:acme", SmallCompany.HostileAccount, "crm:rtl" }.Order(StringComparer.Ordinal), keys);
        using var first = await visitor.GetAsync("/api/v1/churn/accounts?asof=2026-09-15T11:00Z");
        using var again = await visitor.GetKnownAsync("/api/v1/churn/accounts?asof=2026-09-15T11:00Z", first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var unknown = await visitor.GetAsync("/api/v1/churn/accounts?channel=email");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var model = await visitor.GetAsync("/api/v1/churn/model");
        Assert.Equal("logistic", (await JsonAsync(model)).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task An_earlier_moment_shows_the_scoring_of_then_and_before_the_first_there_is_none()
    {
        var visitor = await ScoredAsync();
        Assert.Contains("This is the recency list", Text((await visitor.ReadAsync("/churn?asof=2026-09-10")).QuerySelector(".notice.told")!), StringComparison.Ordinal);
        Assert.Contains("Nothing was scored then", (await visitor.ReadAsync("/churn?asof=2026-08-01")).QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
        // By their own ranks, not by what a model that is not better puts at stake.
        Assert.Equal([SmallCompany.RightToLeft, SmallCompany.Formula, SmallCompany.LongName], Names(await visitor.ReadAsync("/churn?asof=2026-09-10")));
    }

    [Fact]
    public async Task Without_a_model_the_page_says_how_to_train_and_who_mends_has_a_button()
    {
        await using var empty = new DashboardHost();
        await empty.InitializeAsync();
        var page = await (await empty.SignedInAsync()).ReadAsync("/churn");
        Assert.Contains("analytics -- train", page.QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("churn_train", page.QuerySelector("form.run-job input[name=job]")!.GetAttribute("value"));
        var staff = await empty.NewSignedInAsAsync(Role.Staff, "hr:S1");
        Assert.Empty((await staff.ReadAsync("/churn")).QuerySelectorAll("form.run-job"));
        await staff.ReadAsync("/churn/model");
        await staff.ReadAsync("/churn.csv", HttpStatusCode.NotFound);
        Assert.Empty((await staff.ReadAsync("/accounts/crm:acme")).QuerySelectorAll("#risk"));
    }

    [Fact]
    public async Task An_old_scoring_and_changed_customers_are_said_to_be_so()
    {
        await using var stale = new DashboardHost();
        await stale.InitializeAsync();
        var visitor = await stale.SignedInAsync();
        var model = await SmallChurn.TrainAsync(stale.Database.DataSource);
        Assert.Contains("Nothing is scored yet", (await visitor.ReadAsync("/churn")).QuerySelector(".nothing")!.TextContent, StringComparison.Ordinal);
        await SmallChurn.ScoreAsync(stale.Database.DataSource, model, SmallCompany.Now.AddDays(-3), drift: 0.4);
        var page = await visitor.ReadAsync("/churn");
        Assert.Contains("These scores are old", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("others than those the model learned from", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Mean time to our answer", (await visitor.ReadAsync("/churn/model")).QuerySelector("#drift .notice")!.TextContent, StringComparison.Ordinal);
    }

    // The first test of the class makes the scorings.
    private async Task<Visitor> ScoredAsync()
    {
        var visitor = await host.SignedInAsync();
        var db = host.Database.DataSource;
        if (await new ChurnScores(db).LatestAsync(Ct) is null)
        {
            var model = await SmallChurn.TrainAsync(db);
            await SmallChurn.ScoreAsync(db, model, SmallCompany.Now.AddDays(-8), ListBasis.Recency);
            await SmallChurn.ScoreAsync(db, model, SmallCompany.Now.AddHours(-8));
        }
        return visitor;
    }

    private static string[] Names(IHtmlDocument page) => [.. page.QuerySelectorAll("tbody .cover").Select(a => a.TextContent)];

    private static string Cell(IElement row, string label) => Text(row.QuerySelector($"td[data-label='{label}']")!);

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[])[' ', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
    }
}
