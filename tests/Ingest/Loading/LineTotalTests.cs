using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>Invoices that come by lines only: the amount is the sum of what is stored, whatever order the lines come in.</summary>
public sealed class LineTotalTests
{
    private const string Map = """
        name: till
        files: "*.csv"
        zone: UTC
        numbered_by: [no, item, price]
        facts:
          - fact: account
            when: { earliest_of: who }
            columns: { source_key: "till:{who}", occurred_at: "{at}", name: "{who} {at}" }
          - fact: invoice
            when: { first_of: no }
            columns: { source_key: "till:{no}", account: "till:{who}", occurred_at: "{at}", number: "{no}", amount: { sum_of: lines }, currency: EUR }
          - fact: invoice_line
            columns: { source_key: "till:{no}/{item}/{price}/{#}", account: "till:{who}", occurred_at: "{at}", invoice_key: "till:{no}", amount: "{price}", currency: EUR, deleted: "{gone}" }
        """;

    private const string Header = "no,who,at,item,price,gone\n";

    private static readonly string[] Rows =
    [
        "1,Ann,2026-03-02 10:01:00,tea,0.10,", "1,Ann,2026-03-02 10:00:00,milk,0.20,", "1,Ann,2026-03-02 10:01:00,tea,0.10,",
        "2,Bob,2026-03-03 10:00:00,tea,0.10,", "3,Ann,2026-03-01 10:00:00,tea,-0.10,",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whole_or_in_halves_in_any_order_the_store_is_one_and_the_same(bool backfill)
    {
        await using var whole = await World.CreateAsync();
        await LoadAsync(whole, backfill, Rows);
        await using var halves = await World.CreateAsync();
        await LoadAsync(halves, backfill, Rows[4], Rows[2], Rows[0]);
        halves.Clock.Advance(TimeSpan.FromHours(1));
        await LoadAsync(halves, backfill, Rows[3], Rows[1]);
        await LoadAsync(halves, backfill, [.. Rows.Reverse()]);

        Assert.Equal(await whole.FactsAsync(), await halves.FactsAsync());
        Assert.Equal(["1 0.40 10:00", "2 0.10 10:00", "3 -0.10 10:00"],
            await halves.TextsAsync("select number || ' ' || amount || to_char(occurred_at at time zone 'utc', ' HH24:MI') from invoice order by 1"));
        Assert.Equal(["Ann 2026-03-01 10:00:00", "Bob 2026-03-03 10:00:00"], await halves.TextsAsync("select name from account order by 1"));
    }

    [Fact]
    public async Task A_line_that_is_taken_back_lowers_the_amount_and_history_keeps_the_one_before()
    {
        await using var world = await World.CreateAsync();
        await LoadAsync(world, false, Rows);
        world.Clock.Advance(TimeSpan.FromHours(1));

        var report = await LoadAsync(world, false, Rows[1] + "true");

        Assert.Equal((3, 2, 1), (report.Read, report.Changed, report.Unchanged));
        Assert.Equal(["0.20"], await world.TextsAsync("select amount from invoice where number = '1'"));
        Assert.Equal(["0.40"], await world.TextsAsync("select amount from invoice_history"));
    }

    [Fact]
    public async Task An_invoice_that_waited_for_its_account_is_summed_when_it_gets_in()
    {
        await using var world = await World.CreateAsync();
        var withoutAccounts = Map.Replace("earliest_of: who", "who: nobody", StringComparison.Ordinal);
        var waiting = await LoadAsync(world, false, withoutAccounts, Rows);

        await world.LoadAsync(Given.Account("till:Ann"), Given.Account("till:Bob"));

        Assert.Equal(8, waiting.Rejected);
        Assert.Equal(["1 0.40", "2 0.10", "3 -0.10"], await world.TextsAsync("select number || ' ' || amount from invoice order by 1"));
    }

    private static Task<FileReport> LoadAsync(World world, bool backfill, params string[] rows) => LoadAsync(world, backfill, Map, rows);

    private static async Task<FileReport> LoadAsync(World world, bool backfill, string map, string[] rows)
    {
        var folder = world.NewFolder();
        var yaml = Path.Combine(folder, "till.yaml");
        await File.WriteAllTextAsync(yaml, map, TestContext.Current.CancellationToken);
        var path = Path.Combine(folder, "till.csv");
        await File.WriteAllTextAsync(path, Header + string.Join('\n', rows), TestContext.Current.CancellationToken);
        return Assert.Single((await world.LoadPathAsync(path, yaml, backfill)).Files);
    }
}
