using System.IO.Compression;
using System.Net;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>Quarters are closed, read and checked on the screens.</summary>
public sealed class AuditsPageTests
{
    private const string Quarter = "/audits/quarters/2026-Q2";

    private static readonly string[] Surfaces =
    [
        "/metrics/respond_24h?period=2026-Q2", "/metrics/net_revenue?period=2026-Q2&by=region", "/metrics/respond_24h?period=2026-05&by=staff",
        "/commitments?period=2026-Q2&kind=respond", "/commitments.csv?period=2026-Q2&kind=respond", "/metrics/net_revenue/rows?period=2026-Q2",
        "/metrics/net_revenue/rows.csv?period=2026-Q2", "/api/v1/metrics/respond_24h?period=2026-Q2", "/api/v1/metrics/net_revenue?period=2026-06",
        "/people?period=2026-Q2", "/?period=2026-Q2",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_close_a_quarter_and_the_same_person_cannot_sign_twice_by_form_or_by_hand()
    {
        await using var host = new DashboardHost { Facts = SmallQuarter.Early };
        await host.InitializeAsync();
        var (first, second) = (await host.NewSignedInAsAsync(Role.Executive, "hr:S1"), await host.NewSignedInAsAsync(Role.Executive, "hr:S2"));
        var alias = await host.NewSignedInAsAsync(Role.Executive, "hr:S1");
        var token = await first.FormTokenAsync();
        using (var blocked = await first.PostAsync($"{Quarter}/sign", new() { ["form_token"] = token, ["override_TieOutsAgree"] = "<n/a>" }))
        {
            Assert.Equal(HttpStatusCode.BadRequest, blocked.StatusCode);
            var words = await blocked.Content.ReadAsStringAsync(Ct);
            Assert.Contains("to close it nevertheless takes a reason of at least 10 characters", words, StringComparison.Ordinal);
            Assert.Contains("value=\"&lt;n/a&gt;\"", words, StringComparison.Ordinal);
        }
        using (var signed = await first.PostAsync($"{Quarter}/sign", new() { ["form_token"] = token, ["override_TieOutsAgree"] = "no totals are sent" })) Assert.Equal(Quarter, signed.Headers.Location?.OriginalString);
        Assert.Contains("It waits for a second signature", (await second.ReadAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("has signed", (await alias.ReadAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var visitor in new[] { first, alias })
            using (var again = await visitor.PostAsync($"{Quarter}/second", new() { ["form_token"] = await visitor.FormTokenAsync() })) Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Contains("You have signed", (await first.ReadAsync(Quarter)).QuerySelector("#close")!.TextContent, StringComparison.Ordinal);
        using (var done = await second.PostAsync($"{Quarter}/second", new() { ["form_token"] = await second.FormTokenAsync() })) Assert.Equal(Quarter, done.Headers.Location?.OriginalString);
        var signedTwice = await (await host.PartAsync<ClosingDesk>()).FindAsync("2026-Q2", Ct);
        var edition = await (await host.PartAsync<EditionWriter>()).WriteAsync(signedTwice!, null, Ct);

        var page = await first.ReadAsync(Quarter);
        Assert.Contains(edition.Hash, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("no totals are sent", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(edition.Hash, (await first.ReadAsync("/audits")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await first.ReadAsync("/?period=2026-Q2")).QuerySelector(".period summary .closed-mark"));
    }

    [Fact]
    public async Task Closed_values_are_the_same_on_every_surface_whatever_comes_in_later()
    {
        await using var host = new DashboardHost { Facts = SmallQuarter.Early };
        await host.InitializeAsync();
        var visitor = await host.NewSignedInAsync();
        await SmallQuarter.CloseAsync(host, "2026-Q2", Ct);
        var before = await SayAsync(visitor);
        var now = await TextAsync(visitor, "/api/v1/metrics/respond_24h?period=2026-Q2&asof=now");

        await SmallCompany.LoadAsync(host.Database.DataSource, host.Folder, SmallQuarter.Later, Ct);

        var after = await SayAsync(visitor);
        Assert.All(Surfaces, surface => Assert.Equal(before[surface], after[surface]));
        Assert.NotEqual(now, await TextAsync(visitor, "/api/v1/metrics/respond_24h?period=2026-Q2&asof=now"));
        var page = (await visitor.ReadAsync($"{Quarter}?metric=respond_24h")).QuerySelector("main")!.TextContent;
        Assert.Contains("Came in late", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_is_downloaded_and_seen_to_be_as_sealed()
    {
        await using var host = new DashboardHost { Facts = SmallQuarter.Early };
        await host.InitializeAsync();
        var visitor = await host.NewSignedInAsync();
        await SmallQuarter.CloseAsync(host, "2026-Q2", Ct);
        using var bundle = await visitor.GetAsync($"{Quarter}/bundle");
        Assert.Equal("application/zip", bundle.Content.Headers.ContentType?.MediaType);
        var bytes = await bundle.Content.ReadAsByteArrayAsync(Ct);
        Assert.Contains("It is as it was sealed", await CheckAsync(visitor, bytes), StringComparison.Ordinal);
        Assert.Contains("As it was sealed when 2026-Q2 was closed here.", await CheckAsync(visitor, bytes), StringComparison.Ordinal);
        var tampered = await CheckAsync(visitor, await TamperedAsync(bytes));
        Assert.Contains("It is not as it was sealed.", tampered, StringComparison.Ordinal);
        Assert.Contains("2026-Q2 of this installation, which it is not", tampered, StringComparison.Ordinal);
        Assert.DoesNotContain("As it was sealed when", tampered, StringComparison.Ordinal);
        Assert.Contains("This is no bundle", await CheckAsync(visitor, [1, 2, 3]), StringComparison.Ordinal);
    }

    private static async Task<string> CheckAsync(Visitor visitor, byte[] bytes)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await visitor.FormTokenAsync()), "form_token" }, { new ByteArrayContent(bytes), "file", "q2.zip" } };
        using var answer = await visitor.UploadAsync("/audits/verify", form);
        return await answer.Content.ReadAsStringAsync(Ct);
    }

    // One more row where rows are, and the head as it was.
    private static async Task<byte[]> TamperedAsync(byte[] bundle)
    {
        using var changed = new MemoryStream();
        await changed.WriteAsync(bundle, Ct);
        using (var zip = new ZipArchive(changed, ZipArchiveMode.Update, leaveOpen: true))
        {
            var rows = zip.Entries.First(e => e.Name.EndsWith(".jsonl", StringComparison.Ordinal) && e.Length > 0);
            await using var end = rows.Open();
            end.Seek(0, SeekOrigin.End);
            await end.WriteAsync("{}\n"u8.ToArray(), Ct);
        }
        return changed.ToArray();
    }

    private static async Task<Dictionary<string, string>> SayAsync(Visitor visitor)
    {
        var said = new Dictionary<string, string>();
        foreach (var surface in Surfaces) said[surface] = surface.Contains(".csv", StringComparison.Ordinal) || surface.StartsWith("/api", StringComparison.Ordinal)
            ? await TextAsync(visitor, surface) : await FiguresAsync(visitor, surface);
        return said;
    }

    // The figures of a page: tiles and tables. Who waits, what goes on and how fresh the data are is about now.
    private static async Task<string> FiguresAsync(Visitor visitor, string surface) => string.Join('\n',
        (await visitor.ReadAsync(surface)).QuerySelectorAll("main .tile, main table").Where(part => part.Closest("#waiting, .waiting") is null).Select(part => part.TextContent));

    private static async Task<string> TextAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.GetAsync(address);
        return await answer.Content.ReadAsStringAsync(Ct);
    }
}
