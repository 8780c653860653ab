using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Commitments;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard;

/// <summary>What pages say of what is over, of what was otherwise, and of a period without data.</summary>
public sealed class TrueWordsTests
{
    [Fact]
    public async Task A_customer_who_got_through_by_himself_waits_no_more()
    {
        await using var host = new DashboardHost
        {
            Facts =
            [
                Given.Account("crm:1") with { Name = "Acme" },
                Given.Interaction("crm:1", "2026-08-03T08:00Z", kind: InteractionKind.Call, channel: Channel.Phone, contact: "crm:c1", key: "pbx:missed") with { Connected = false },
                Given.Interaction("crm:1", "2026-08-03T13:00Z", kind: InteractionKind.Call, channel: Channel.Phone, contact: "crm:c1", key: "pbx:again") with { Connected = true, DurationSeconds = 90 },
                Given.Interaction("crm:1", "2026-08-03T08:00Z", contact: "crm:c2", key: "mail:open"),
                Given.Interaction("crm:1", "2026-08-06T08:00Z", kind: InteractionKind.Call, channel: Channel.Phone, contact: "crm:c2", key: "pbx:spoke") with { Connected = true, DurationSeconds = 90 },
            ],
        };
        await host.InitializeAsync();
        var visitor = await host.SignedInAsync();

        var call = await visitor.ReadAsync(CommitmentPath.Of("call_back", "crm:1", "pbx:missed"));
        Assert.Equal("Never returned. The customer called again and got through on 3 Aug 2026, 15:00 UTC+02:00, after 5\u00a0h.", call.QuerySelector(".finding")!.TextContent);
        Assert.DoesNotContain("overdue", call.QuerySelector(".verdict")!.TextContent, StringComparison.Ordinal);
        var mail = await visitor.ReadAsync(CommitmentPath.Of("respond", "crm:1", "mail:open"));
        Assert.Equal("We never answered. The customer spoke with us again on 6 Aug 2026, 10:00 UTC+02:00, and no longer waits.", mail.QuerySelector(".finding")!.TextContent);
        Assert.Contains("The customer called again and got through", (await visitor.ReadAsync("/accounts/crm:1/timeline")).DocumentElement.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_shows_what_it_was_and_what_it_became()
    {
        await using var host = new DashboardHost { Facts = [Given.Account("crm:1") with { Name = "Acme", Region = "North" }] };
        await host.InitializeAsync();
        var visitor = await host.SignedInAsync();
        await using var world = World.Over(host.Database);
        await world.LoadAsync(Given.Account("crm:1") with { Name = "Acme AG", Region = "North", Segment = "A", SourceModifiedAt = Given.At("2026-09-01T00:00Z") });

        var rows = (await visitor.ReadAsync("/data/record/account/crm:1/crm:1")).QuerySelectorAll("table tbody tr").Select(r => string.Join('|', r.Children.Take(3).Select(c => c.TextContent.Trim())));

        Assert.Equal(["name|Acme|Acme AG", "segment|—|A"], rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_period_without_data_leads_to_the_latest_that_has_some()
    {
        await using var host = new DashboardHost { Facts = [Given.Account("crm:1"), Given.Interaction("crm:1", "2025-02-03T08:00Z")] };
        await host.InitializeAsync();
        var visitor = await host.SignedInAsync();

        var notice = (await visitor.ReadAsync("/")).QuerySelectorAll(".notice").Single(n => n.TextContent.Contains("No data", StringComparison.Ordinal));

        Assert.Equal("No data in Q3 2026; the latest is in Q1 2025.", notice.TextContent.Trim());
        var there = await visitor.ReadAsync(notice.QuerySelector("a")!.GetAttribute("href")!);
        Assert.DoesNotContain("No data", there.Body!.TextContent, StringComparison.Ordinal);
    }
}
