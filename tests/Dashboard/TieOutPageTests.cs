using AngleSharp.Dom;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.TieOuts;

namespace Followthrough.Tests.Dashboard;

/// <summary>The tie-out on its pages, over the small company.</summary>
public sealed class TieOutPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Totals_stand_beside_what_is_stored_and_lead_to_the_records()
    {
        await using var host = await GivenAsync(
            "source,fact,period,rows\nmail,interaction,2026-07,5\nmail,interaction,2026-08,3\nmail,interaction,2026-Q1,2\ncall,interaction,all,1\n",
            "source,fact,period,id\nmail,interaction,2026-08,c1\nmail,interaction,2026-08,mail:c2\nmail,interaction,2026-08,lost\n");
        var visitor = await host.NewSignedInAsync();

        var page = await visitor.ReadAsync("/data/tie-out");

        Assert.Equal("2 of 4 control totals differ from what is stored.", Words(page.QuerySelector(".finding")!));
        Assert.Equal(
        [
            "call, interaction|all|ok|1|1|0", "mail, interaction|2026-08|differs|3|2|−1", "mail, interaction|2026-07|ok|5|5|0", "mail, interaction|2026-Q1|no data|2|0|−2",
        ], page.QuerySelectorAll("#totals tbody tr").Select(row => string.Join('|', row.Children.Take(6).Select(Words))));
        var drill = await visitor.ReadAsync(page.QuerySelectorAll("#totals tbody a")[1].GetAttribute("href")!);
        Assert.Equal("mail:lost never came", string.Join(' ', drill.QuerySelectorAll("#records tbody tr").Single().Children.Take(2).Select(Words)));
        var stored = await visitor.ReadAsync(page.QuerySelectorAll("#totals tbody a")[2].GetAttribute("href")!);
        Assert.Equal(5, stored.QuerySelectorAll("#records tbody tr").Length);
        var record = await visitor.ReadAsync(stored.QuerySelector("#records tbody a")!.GetAttribute("href")!);
        Assert.Contains("Interaction mail:b4", Words(record.QuerySelector("h1")!), StringComparison.Ordinal);
        await visitor.ReadAsync("/data/tie-out/999", System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_batch_is_checked_and_one_that_does_not_add_up_is_named()
    {
        await using var host = await GivenAsync("source,fact,period,rows\nmail,interaction,all,13\n", null);
        var visitor = await host.NewSignedInAsync();

        var page = await visitor.ReadAsync("/data/tie-out");
        var interactions = page.QuerySelectorAll("#balance tbody tr").Single(row => Words(row.Children[0]) == "canonical:interaction");
        Assert.Equal("file|adds up|1|16|15|0|0|1|1|1", string.Join('|', interactions.Children.Skip(1).Select(Words)));
        Assert.Contains("All 7 batches add up, and every rejected row is kept.", Words(page.QuerySelector("main")!), StringComparison.Ordinal);
        await using (var lose = host.Database.DataSource.CreateCommand("delete from quarantine")) await lose.ExecuteNonQueryAsync(Ct);

        var broken = await visitor.ReadAsync("/data/tie-out");
        Assert.Contains("1 batch does not add up.", Words(broken.QuerySelector("main")!), StringComparison.Ordinal);
        Assert.StartsWith("does not: batch", Words(broken.QuerySelector("#balance .overdue")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_totals_the_page_says_how_they_are_given()
    {
        await using var empty = new DashboardHost { Empty = true };
        await empty.InitializeAsync();

        var page = await (await empty.NewSignedInAsync()).ReadAsync("/data/tie-out");

        Assert.Contains("tie-out totals.csv", page.QuerySelector(".nothing pre")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#balance"));
    }

    private static async Task<DashboardHost> GivenAsync(string totals, string? ids)
    {
        var host = new DashboardHost();
        await host.InitializeAsync();
        await host.NewVisitorAsync();
        var folder = Directory.CreateDirectory(Path.Combine(host.Folder.Path, "said")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "totals.csv"), totals, Ct);
        if (ids is not null) await File.WriteAllTextAsync(Path.Combine(folder, "ids.csv"), ids, Ct);
        await new TieOut(host.Database.DataSource, new KeptFiles(host.Folder))
            .StateAsync(Path.Combine(folder, "totals.csv"), ids is null ? null : Path.Combine(folder, "ids.csv"), SmallCompany.Now, Ct);
        return host;
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)[' ', '\n', '\r', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries));
}
