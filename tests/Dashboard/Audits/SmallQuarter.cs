using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>A second quarter of 2026 with something in it, for closing.</summary>
internal static class SmallQuarter
{
    internal static readonly Fact[] Early =
    [
        Given.Staff("hr:S1"), Given.Staff("hr:S2"), Given.Team("hr:T1"), Given.Team("hr:T2"), Given.Membership("hr:S1", "hr:T1"), Given.Membership("hr:S2", "hr:T2"),
        Given.Account("crm:acme", region: "North"), Given.Account("crm:other", region: "South"), Given.Assignment("crm:acme", "hr:S1"), Given.Assignment("crm:other", "hr:S2"),
        Given.Inbound("crm:acme", "2026-05-05T08:00Z", key: "mail:1"), Given.Outbound("crm:acme", "2026-05-05T10:00Z", staff: "hr:S1", key: "mail:2"),
        Given.Inbound("crm:other", "2026-05-06T08:00Z", key: "mail:3"), Given.Inbound("crm:acme", "2026-06-05T08:00Z", key: "mail:4"),
        .. GivenMoney.Invoice("crm:acme", "inv:1", "2026-05-07T08:00Z", null), .. GivenMoney.Invoice("crm:other", "inv:2", "2026-06-07T08:00Z", null, 300),
    ];

    /// <summary>What comes in after the close: late, corrected and deleted.</summary>
    internal static readonly Fact[] Later =
    [
        Given.Inbound("crm:acme", "2026-05-20T08:00Z", key: "mail:5"), Given.Outbound("crm:other", "2026-05-06T09:00Z", staff: "hr:S2", key: "mail:6"),
        .. GivenMoney.Invoice("crm:acme", "inv:1", "2026-05-07T08:00Z", null, 1500), .. GivenMoney.Invoice("crm:other", "inv:2", "2026-06-07T08:00Z", null, 300).Select(f => f with { Deleted = true }),
        Given.Account("crm:acme", region: "South", name: "Renamed"),
    ];

    internal static async Task CloseAsync(DashboardHost host, string quarter, CancellationToken ct) =>
        await (await host.PartAsync<EditionWriter>()).WriteAsync(await SignAsync(host, quarter, ct), null, ct);

    /// <summary>Signed by two and not yet written.</summary>
    internal static async Task<Closing> SignAsync(DashboardHost host, string quarter, CancellationToken ct)
    {
        Assert.True(Period.TryParse(quarter, out var period));
        var desk = await host.PartAsync<ClosingDesk>();
        await desk.SignAsync(period, new Signer(Guid.NewGuid(), "ann", "hr:S1"), null, Enum.GetValues<Check>().ToDictionary(check => check, _ => "looked at by hand"), ct);
        return await desk.SignSecondAsync(quarter, new Signer(Guid.NewGuid(), "bob", "hr:S2"), ct);
    }
}
