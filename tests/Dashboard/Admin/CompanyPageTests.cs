using System.Net;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Dashboard.Mappings;

namespace Followthrough.Tests.Dashboard.Admin;

/// <summary>The company is set by form, on an empty start first.</summary>
public sealed class CompanyPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_start_asks_for_the_company_and_then_for_data()
    {
        await using var host = new DashboardHost { Empty = true };
        await host.InitializeAsync();
        var admin = await host.SignedInAsync();
        Assert.Equal("First, your company", (await admin.ReadAsync("/")).QuerySelector("main h2")!.TextContent);
        var desk = await Connecting.NewAsync(host);

        var next = await desk.GoOnAsync("/", "/admin/company", ("name", "Müller & Söhne"), ("zone", "Europe/Vienna"), ("fiscal", "shifted"), ("fiscal_start", "4"), ("week_start", "Sunday"), ("currency", "eur"));

        Assert.Equal("/?company=saved", next);
        var page = await admin.ReadAsync(next);
        Assert.DoesNotContain("First, your company", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Müller & Söhne: saved.", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var company = await Company.ReadAsync(host.Database.DataSource, Ct);
        Assert.Equal(new Company("Müller & Söhne", TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna"), new FiscalCalendar(FiscalKind.Shifted, 4, DayOfWeek.Sunday), "EUR"), company);
    }

    [Fact]
    public async Task A_change_is_on_record_and_a_new_zone_makes_the_ledger_due()
    {
        await using var host = new DashboardHost();
        await host.InitializeAsync();
        var admin = await host.SignedInAsync();
        var desk = await Connecting.NewAsync(host);

        Assert.Equal("/admin/company?saved=true", await desk.GoOnAsync("/admin/company", "/admin/company", ("zone", "Asia/Tokyo")));

        Assert.Equal(1, await desk.CountAsync("""
            select count(*) from access_log where action = 'setting_changed' and subject = 'company' and who = 'admin'
              and before like 'name: Little Company & Sons; zone: Europe/Berlin;%' and after like '%zone: Asia/Tokyo;%'
            """));
        Assert.Equal("Asia/Tokyo", (await admin.ReadAsync("/admin/company")).QuerySelector("[name=zone] option[selected]")!.GetAttribute("value"));
        // A running dashboard works it out by itself; that there is something to do, or that it is done, is seen here.
        Assert.True(await desk.CountAsync("select (select count(*) from dirty_account) + (select count(*) from job_run where job = 'ledger-refresh')") > 0);
        // Nothing changed, nothing on record.
        await desk.GoOnAsync("/admin/company", "/admin/company");
        Assert.Equal(1, await desk.CountAsync("select count(*) from access_log where subject = 'company'"));
    }

    [Theory]
    [InlineData("name", " ", "The name")]
    [InlineData("zone", "Mars/Base", "The time zone")]
    [InlineData("fiscal", "lunar", "The fiscal year")]
    [InlineData("fiscal_start", "13", "The month")]
    [InlineData("fiscal_start", "4", "one that does not begin in January is shifted or 4-4-5")]
    [InlineData("week_start", "17", "The first day")]
    [InlineData("currency", "euro", "The currency")]
    public async Task What_can_not_be_taken_is_told_and_changes_nothing(string field, string value, string said)
    {
        await using var host = new DashboardHost { Empty = true };
        await host.InitializeAsync();
        var desk = await Connecting.NewAsync(host);
        var before = await Company.ReadAsync(host.Database.DataSource, Ct);

        using var answer = await desk.SendAsync("/admin/company", "/admin/company", (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, (await Connecting.ReadAsync(answer)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(before, await Company.ReadAsync(host.Database.DataSource, Ct));
    }
}
