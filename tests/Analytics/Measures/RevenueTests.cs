using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class RevenueTests : MeasureTests
{
    private const string A = "crm:A", B = "crm:B";

    [Fact]
    public async Task Revenue_is_net_of_pass_through_credits_voided_invoices_and_rework()
    {
        await LoadAsync(
            Given.Account(A), Sent("1", "2026-01-10"), Line("1", 1000), Line("1", 100) with { PassThrough = true, SourceKey = "freight" },
            Sent("2", "2026-02-10"), Line("2", 400), Line("2", 70) with { RevenueClass = RevenueClass.Rework, SourceKey = "repair" },
            Sent("3", "2026-02-11") with { VoidedAt = Given.At("2026-02-12T08:00Z") }, Line("3", 999),
            Sent("4", null), Line("4", 500), Credit("1", 50, "2026-02-20"));

        var value = await FigureAsync("net_revenue");
        Assert.Equal((1350.0, 3L, "USD"), (value.Value!.Value, value.N, value.Currency));
        Assert.Equal(1, value.Excluded["rework"]);
        Assert.Equal(["2026-01 1000", "2026-02 350"], (await GroupsAsync("net_revenue", Dimension.Month)).Select(g => $"{g.Key} {g.Value.Value}"));
        Assert.Equal(["credit_note C1 | -50", "invoice_line 2/line | 400", "invoice_line repair | 70 | rework"], await RowsAsync("net_revenue", "2026-02"));
    }

    [Fact]
    public async Task A_class_that_is_not_stated_is_new_on_the_first_invoice_and_repeat_after()
    {
        await LoadAsync(
            Given.Account(A), Sent("1", "2026-01-10"), Line("1", 300), Sent("2", "2026-01-11"), Line("2", 500),
            Line("2", 200) with { RevenueClass = RevenueClass.AddOn, SourceKey = "more" });
        Assert.Equal(0.7, (await FigureAsync("existing_customer_share")).Value);
        Assert.Equal(0.2, (await FigureAsync("add_on_share")).Value);
    }

    [Fact]
    public async Task An_invoice_of_which_no_lines_are_known_counts_as_a_whole()
    {
        await LoadAsync(
            Given.Account(A), Sent("1", "2026-01-10") with { Amount = 300 }, Sent("2", "2026-01-20") with { Amount = 500 }, Line("2", 450),
            Sent("3", "2026-01-25") with { Amount = 80 }, Sent("4", null) with { Amount = 70 });
        Assert.Equal(830, (await FigureAsync("net_revenue")).Value);
        Assert.Contains("invoice I1 | 300", await RowsAsync("net_revenue", "2026-01"));
        Assert.Equal((450 + 80) / 830.0, (await FigureAsync("existing_customer_share")).Value!.Value, 12);
    }

    [Fact]
    public async Task Nothing_invoiced_is_no_figure_and_says_why()
    {
        await LoadAsync(Given.Account(A));
        var nothing = await FigureAsync("add_on_share", "2026-01");
        Assert.Equal((null, "nothing was invoiced in this period and selection", 0L), (nothing.Value, nothing.Reason, nothing.N));
    }

    [Fact]
    public async Task Invoices_and_credits_that_cancel_out_have_no_share()
    {
        await LoadAsync(Given.Account(A), Sent("1", "2026-01-10"), Line("1", 300), Credit("1", 300, "2026-01-20"));
        var value = await FigureAsync("add_on_share");
        Assert.Null(value.Value);
        Assert.StartsWith("invoices and credits cancel out", value.Reason, StringComparison.Ordinal);
        Assert.Equal(0, (await FigureAsync("net_revenue")).Value);
    }

    [Fact]
    public async Task Several_currencies_are_never_added_without_a_reporting_currency_and_rates()
    {
        await LoadAsync(Given.Account(A), Sent("1", "2026-01-10"), Line("1", 100), Line("1", 100) with { Currency = "EUR", SourceKey = "euros" });
        Assert.Equal("2 currencies and no reporting currency to state them in", (await FigureAsync("net_revenue")).Reason);

        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        var without = await FigureAsync("net_revenue");
        Assert.Equal((100.0, 1L), (without.Value!.Value, without.Excluded["without an exchange rate from EUR to USD"]));

        await LoadAsync(
            new FxRate { SourceKey = "r1", OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "USD", QuoteCurrency = "EUR", Rate = 0.8m, Day = new DateOnly(2026, 1, 9) },
            new FxRate { SourceKey = "r2", OccurredAt = Given.At("2026-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = 2m, Day = new DateOnly(2026, 1, 11) });
        Assert.Equal(225.0, (await FigureAsync("net_revenue")).Value);
    }

    [Fact]
    public async Task What_unnamed_buyers_paid_is_revenue_but_no_sign_of_loyalty()
    {
        await LoadAsync(
            Given.Account(A), Given.Account(B) with { Anonymous = true }, Sent("1", "2026-01-10"), Line("1", 100),
            Sent("2", "2026-01-10", B), Line("2", 900, B));
        Assert.Equal(1000, (await FigureAsync("net_revenue")).Value);
        var share = await FigureAsync("existing_customer_share");
        Assert.Equal((0.0, 1L), (share.Value!.Value, share.Excluded["of unnamed buyers"]));
    }

    [Fact]
    public async Task Days_are_those_of_the_reporting_zone_and_the_last_instant_belongs_to_the_next_period()
    {
        await World.TextsAsync("update company set reporting_zone = 'America/New_York' returning 'x'");
        await LoadAsync(Given.Account(A), SentAt("1", "2026-03-01T04:59:59Z"), Line("1", 1), SentAt("2", "2026-03-01T05:00Z"), Line("2", 10));
        Assert.Equal((1.0, 10.0), ((await FigureAsync("net_revenue", "2026-02")).Value, (await FigureAsync("net_revenue", "2026-03")).Value));
    }

    [Fact]
    public async Task Late_arrivals_and_deletions_count_from_when_they_are_known()
    {
        World.Clock.Now = Given.At("2026-02-01T00:00Z");
        await LoadAsync(Given.Account(A), Sent("1", "2026-01-10"), Line("1", 100), Line("1", 5) with { SourceKey = "extra" });
        World.Clock.Now = Given.At("2026-02-05T00:00Z");
        await LoadAsync(Sent("0", "2026-01-05"), Line("0", 40), Line("1", 5) with { SourceKey = "extra", Deleted = true });
        Assert.Equal((105.0, 140.0), ((await FigureAsync("net_revenue", asOf: "2026-02-02T00:00Z")).Value, (await FigureAsync("net_revenue")).Value));
        await LoadAsync(Sent("0", "2026-01-05"), Line("0", 40));
        Assert.Equal(140, (await FigureAsync("net_revenue")).Value);
    }

    [Fact]
    public async Task Figures_split_by_the_owner_of_the_day_and_the_viewer_sees_the_own_part()
    {
        await LoadAsync(
            Given.Account(A), Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Team("t:1"), Given.Team("t:2"),
            Given.Membership("hr:Ann", "t:1"), Given.Membership("hr:Bob", "t:2"),
            Given.Assignment(A, "hr:Ann", until: "2026-02-01T00:00Z"), Given.Assignment(A, "hr:Bob", from: "2026-02-01T00:00Z"),
            Sent("1", "2026-01-10"), Line("1", 100), Sent("2", "2026-02-10"), Line("2", 30));
        Assert.Equal(["t:1 100", "t:2 30"], (await GroupsAsync("net_revenue", Dimension.Team)).Select(g => $"{g.Key} {g.Value.Value}"));
        Assert.Equal(30, (await FigureAsync("net_revenue", with: q => q with { Viewer = new Viewer("manager", ["t:2"], null) })).Value);
        Assert.Equal(100, (await FigureAsync("net_revenue", with: q => q with { Viewer = new Viewer("ann", null, "hr:Ann") })).Value);
    }

    private static Invoice Sent(string number, string? day, string account = A) => SentAt(number, day is null ? null : $"{day}T12:00Z", account);

    private static Invoice SentAt(string number, string? at, string account = A) => new()
    {
        SourceKey = $"I{number}",
        Account = account,
        OccurredAt = Given.At(at ?? "2026-01-01T00:00Z"),
        Number = number,
        SentAt = at is null ? null : Given.At(at),
        Amount = 0,
        Currency = "USD",
    };

    private static InvoiceLine Line(string number, decimal amount, string account = A) => new()
    {
        SourceKey = $"{number}/line",
        Account = account,
        OccurredAt = Given.At("2026-01-01T00:00Z"),
        InvoiceKey = $"I{number}",
        Amount = amount,
        Currency = "USD",
    };

    private static CreditNote Credit(string number, decimal amount, string day) => new()
    {
        SourceKey = $"C{number}",
        Account = A,
        OccurredAt = Given.At($"{day}T12:00Z"),
        InvoiceKey = $"I{number}",
        Amount = amount,
        Currency = "USD",
    };
}
