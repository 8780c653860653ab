using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Ingest.Identity;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Measures;

public sealed class RevenueRetentionTests : MeasureTests
{
    private const string A = "crm:A", B = "crm:B", C = "crm:C", D = "crm:D", E = "crm:E";

    // For 2025: base year 2024, year after 2025.
    private const string Before = "2024-06-10T08:00Z", After = "2025-06-10T08:00Z";

    [Fact]
    public async Task The_worked_example_keeps_76_64_and_75_percent()
    {
        await LoadAsync(
            [.. Customers(A, B, C, D, E), .. Billed(A, 100, 130), .. Billed(B, 50, 40), .. Billed(C, 80, 0), .. Billed(D, 20, 20), .. Billed(E, 0, 60)]);
        var net = await FigureAsync("ttm_revenue_retention", "2025");
        Assert.Equal((0.76, 4L, 190m, 250m, 1L), (net.Value!.Value, net.N, net.Amount, net.Base, net.Excluded["new in the later 12 months"]));
        Assert.Equal(0.64, (await FigureAsync("ttm_gross_revenue_retention", "2025")).Value);
        Assert.Equal(0.75, (await FigureAsync("ttm_logo_retention", "2025")).Value);
        Assert.Equal(
            ["account crm:A | 100 / 100", "account crm:B | 40 / 50", "account crm:C | 0 / 80", "account crm:D | 20 / 20", "account crm:E | 0 / 0 | new in the later 12 months"],
            await RowsAsync("ttm_gross_revenue_retention", "2025"));
    }

    [Fact]
    public async Task Who_came_back_after_more_than_a_year_is_reactivated_and_who_was_only_credited_counts_apart()
    {
        await LoadAsync(
            [.. Customers(A, B, C), .. GivenMoney.Invoice(A, "old", "2022-01-10T08:00Z", null, 70), .. Billed(A, 0, 90), .. Billed(B, 100, 50),
             .. GivenMoney.Invoice(C, "c", "2023-01-10T08:00Z", null, 100), GivenMoney.Credit(C, "c", Before)]);
        var net = await FigureAsync("ttm_revenue_retention", "2025");
        Assert.Equal(
            (0.5, 1L, 1L, 1L), (net.Value!.Value, net.N, net.Excluded["reactivated in the later 12 months"], net.Excluded["with credits as large as the invoices"]));
    }

    [Fact]
    public async Task Credits_can_take_more_than_was_kept_but_gross_retention_never_falls_below_zero()
    {
        await LoadAsync([.. Customers(A, B), .. Billed(A, 100, 0), .. Billed(B, 100, 100), GivenMoney.Credit(A, "A/before", After)]);
        Assert.Equal(
            (0.0, 0.5, 0.5),
            ((await FigureAsync("ttm_revenue_retention", "2025")).Value, (await FigureAsync("ttm_gross_revenue_retention", "2025")).Value, (await FigureAsync("ttm_logo_retention", "2025")).Value));
    }

    [Fact]
    public async Task Subsidiaries_count_with_the_parent_they_had_when_the_later_year_began()
    {
        World.Clock.Now = Given.At("2023-01-01T00:00Z");
        await LoadAsync(Given.Account(A), Given.Account(B) with { ParentKey = A }, Given.Account(C) with { ParentKey = B }, Given.Account(D));
        World.Clock.Now = Given.At("2025-03-01T00:00Z");
        await LoadAsync(Given.Account(C) with { ParentKey = D });
        World.Clock.Now = Given.At("2026-06-01T12:00Z");
        await LoadAsync([.. Billed(A, 100, 0), .. Billed(B, 50, 70), .. Billed(C, 50, 60), .. Billed(D, 10, 10)]);
        Assert.Equal(["account crm:A | 130 / 200", "account crm:D | 10 / 10"], await RowsAsync("ttm_gross_revenue_retention", "2025"));
        Assert.Equal(1, (await FigureAsync("ttm_logo_retention", "2025")).Value);
        // When the year to June 2026 began, the third had moved: both its years count with its new parent.
        Assert.Equal(["account crm:A | 70 / 150", "account crm:D | 60 / 60"], await RowsAsync("ttm_gross_revenue_retention", "2026-Q2"));
    }

    [Fact]
    public async Task Subsidiaries_of_a_merged_parent_count_with_whom_it_was_merged_into()
    {
        await LoadAsync([.. Customers(A, B), Given.Account(C) with { ParentKey = B }, Given.Account(D) with { ParentKey = C }, .. Billed(A, 1, 1), .. Billed(B, 2, 2), .. Billed(C, 4, 4), .. Billed(D, 8, 8)]);
        var merges = new AccountMerges(World.Database.DataSource, World.Clock);
        await merges.MergeAsync(new MergeRequest { Key = C, Into = B, By = "ann", Reason = "same" }, TestContext.Current.CancellationToken);
        await merges.MergeAsync(new MergeRequest { Key = B, Into = A, By = "ann", Reason = "same" }, TestContext.Current.CancellationToken);
        Assert.Equal(["account crm:A | 15 / 15"], await RowsAsync("ttm_revenue_retention", "2025"));
    }

    [Fact]
    public async Task Parents_in_a_circle_are_one_customer_and_unknown_ones_none()
    {
        await LoadAsync(
            [Given.Account(A) with { ParentKey = B }, Given.Account(B) with { ParentKey = A }, Given.Account(C) with { ParentKey = B },
             Given.Account(D) with { ParentKey = "crm:nobody" }, .. Billed(A, 1, 1), .. Billed(B, 2, 2), .. Billed(C, 4, 4), .. Billed(D, 8, 8)]);
        Assert.Equal(["account crm:A | 7 / 7", "account crm:D | 8 / 8"], await RowsAsync("ttm_revenue_retention", "2025"));
    }

    [Fact]
    public async Task Exchange_rates_neither_keep_nor_lose_revenue()
    {
        await LoadAsync([.. Customers(A), .. Billed(A, 100, 100), .. Billed(A, 10, 10, "EUR")]);
        Assert.Equal("1 in several currencies and no reporting currency", (await FigureAsync("ttm_revenue_retention", "2025")).Reason);
        await World.TextsAsync("update company set currency = 'USD' returning 'x'");
        Assert.Equal("1 without an exchange rate", (await FigureAsync("ttm_revenue_retention", "2025")).Reason);
        await LoadAsync(Rate("r1", 2, new DateOnly(2025, 1, 1)), Rate("r2", 9, new DateOnly(2025, 6, 10)));
        var stated = await FigureAsync("ttm_revenue_retention", "2025");
        Assert.Equal((1.0, 120m, 120m, "USD"), (stated.Value!.Value, stated.Amount, stated.Base, stated.Currency));
    }

    [Fact]
    public async Task A_period_that_runs_is_asked_as_it_stands_and_an_empty_one_says_why()
    {
        World.Clock.Now = Given.At("2026-06-01T12:00Z");
        // The year before ends at noon of 1 June 2025, the year after now.
        await LoadAsync([.. Customers(A), .. GivenMoney.Invoice(A, "1", "2025-06-01T11:59Z", null, 100), .. GivenMoney.Invoice(A, "2", "2025-06-01T12:00Z", null, 40)]);
        Assert.Equal(["account crm:A | 40 / 100"], await RowsAsync("ttm_revenue_retention", "2026"));
        Assert.Equal("nobody was invoiced in the 24 months before the end of this period", (await FigureAsync("ttm_revenue_retention", "2020")).Reason);
    }

    [Fact]
    public async Task A_closed_customer_is_none_and_an_unnamed_one_never_was()
    {
        await LoadAsync(
            [Given.Account(A) with { ClosedAt = Given.At("2025-12-31T08:00Z") }, Given.Account(B), Given.Account(C) with { Anonymous = true },
             .. Billed(A, 100, 100), .. Billed(B, 100, 100), .. Billed(C, 100, 100)]);
        var logo = await FigureAsync("ttm_logo_retention", "2025");
        Assert.Equal((0.5, 2L, 1L), (logo.Value!.Value, logo.N, logo.Excluded["of unnamed buyers"]));
    }

    [Fact]
    public async Task Late_invoices_and_deletions_count_from_when_they_are_known_under_the_owner_when_the_year_began()
    {
        World.Clock.Now = Given.At("2026-01-10T00:00Z");
        await LoadAsync(
            [.. Customers(A), Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Assignment(A, "hr:Ann", until: "2025-02-01T00:00Z"),
             Given.Assignment(A, "hr:Bob", from: "2025-02-01T00:00Z"), .. Billed(A, 100, 20)]);
        World.Clock.Now = Given.At("2026-02-10T00:00Z");
        var late = GivenMoney.Invoice(A, "late", After, null, 60);
        await LoadAsync(late);
        await LoadAsync(late);
        World.Clock.Now = Given.At("2026-03-10T00:00Z");
        await LoadAsync([.. late.Select(f => f with { Deleted = true })]);
        var kept = new List<double?>();
        foreach (var at in (string?[])["2026-01-11T00:00Z", "2026-02-11T00:00Z", null]) kept.Add((await FigureAsync("ttm_revenue_retention", "2025", at)).Value);
        Assert.Equal([0.2, 0.8, 0.2], kept);
        Assert.Equal(["hr:Ann"], (await GroupsAsync("ttm_revenue_retention", Dimension.Staff, "2025")).Select(g => g.Key));
    }

    private static Fact[] Customers(params string[] keys) => [.. keys.Select(key => Given.Account(key))];

    private static Fact[] Billed(string account, decimal before, decimal after, string currency = "USD") =>
        [.. Billed(account, "before", Before, before, currency), .. Billed(account, "after", After, after, currency)];

    private static IEnumerable<Fact> Billed(string account, string year, string at, decimal amount, string currency) =>
        amount == 0 ? [] : GivenMoney.Invoice(account, $"{account[4..]}/{year}{(currency == "USD" ? "" : currency)}", at, null, amount)
            .Select(fact => fact is InvoiceLine line ? line with { Currency = currency } : fact);

    private static FxRate Rate(string key, decimal rate, DateOnly day) =>
        new() { SourceKey = key, OccurredAt = Given.At("2025-01-01T00:00Z"), Currency = "EUR", QuoteCurrency = "USD", Rate = rate, Day = day };
}
