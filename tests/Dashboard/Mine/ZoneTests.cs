using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Mine;

/// <summary>
/// The same promises read in Auckland, where noon of 15 September 2026 is the midnight that begins the 16th, and in Los Angeles, where it is
/// five in the morning of the 15th: each has his own day, both have the same figures.
/// </summary>
public sealed class ZoneTests(ZoneTests.Host shared) : IClassFixture<ZoneTests.Host>
{
    [Theory]
    [InlineData("America/Los_Angeles", "before", "15 Sep 2026, 23:30 | 16 Sep 2026, 00:30 | 17 Sep 2026, 00:30")]
    [InlineData("Pacific/Auckland", "before after", "16 Sep 2026, 18:30 | 16 Sep 2026, 19:30 | 17 Sep 2026, 19:30")]
    [InlineData("", "", "16 Sep 2026, 08:30 | 16 Sep 2026, 09:30 | 17 Sep 2026, 09:30")]
    public async Task What_is_due_today_is_due_on_the_readers_day_and_every_date_is_his(string zone, string today, string dates)
    {
        var ada = await shared.AdaAsync();
        var token = await ada.FormTokenAsync();
        using var set = await ada.PostAsync("/settings/zone", new() { ["form_token"] = token, ["zone"] = zone });
        var page = await ada.ReadAsync("/mine?kind=promise");
        var group = page.QuerySelectorAll(".owed-group").SingleOrDefault(g => g.QuerySelector("h2")!.TextContent == "Due today");
        Assert.Equal(today.Split(' ', StringSplitOptions.RemoveEmptyEntries), group?.QuerySelectorAll(".todo-row").Select(row => row.GetAttribute("data-owed")!.Split(':')[^1]) ?? []);
        Assert.Equal(dates.Split(" | "), page.QuerySelectorAll(".todo-row .ago time").Select(time => time.TextContent));
        // Whoever reads it, the quarter has the same commitments and the same rate.
        var list = await ada.ReadAsync("/commitments?kind=promise&period=2026-Q3");
        Assert.Equal("3", list.QuerySelector(".tabs a b")!.TextContent);
        var answers = await ada.ReadAsync("/commitments?period=2026-09-15..2026-09-15");
        Assert.Equal("1", answers.QuerySelector(".tabs a b")!.TextContent);
        Assert.Contains(zone.Length == 0 ? "Europe/Berlin" : zone, page.QuerySelector(".foot")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Three promises around midnight, and a question at the end of the company's day.</summary>
    public sealed class Host : IAsyncLifetime
    {
        private readonly DashboardHost _host = new()
        {
            Facts =
            [
                Given.Team("hr:T1"), Given.Staff("hr:S1") with { Name = "Ada Byron" }, Given.Membership("hr:S1", "hr:T1"), Given.Account(WorkingDay.Acme), Given.Assignment(WorkingDay.Acme, "hr:S1"),
                Promise("before", "2026-09-16T06:30Z"), Promise("after", "2026-09-16T07:30Z"), Promise("later", "2026-09-17T07:30Z"),
                Given.Inbound(WorkingDay.Acme, "2026-09-15T11:59Z", key: "mail:noon"), Given.Inbound(WorkingDay.Acme, "2026-09-14T21:59Z", contact: "crm:c9", thread: "t9", key: "mail:evening"),
            ],
        };

        private Visitor? _ada;

        internal async Task<Visitor> AdaAsync() => _ada ??= await _host.NewSignedInAsAsync(Role.Staff, "hr:S1");

        public ValueTask InitializeAsync() => _host.InitializeAsync();

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        private static Followthrough.Analytics.Facts.Promise Promise(string key, string due) =>
            GivenWork.Promise(WorkingDay.Acme, $"prom:{key}", "2026-09-14T09:00Z", due) with { OwnerKey = "hr:S1", ConfirmedByKey = "hr:S1" };
    }
}
