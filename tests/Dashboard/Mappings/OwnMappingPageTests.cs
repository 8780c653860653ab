using System.Net;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Webhooks;
using Followthrough.Tests.Dashboard.Hooks;

namespace Followthrough.Tests.Dashboard.Mappings;

/// <summary>Changing, downloading and deleting an own mapping on the screen.</summary>
public sealed class OwnMappingPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_text_is_a_new_version_with_who_made_it_and_the_old_can_be_had()
    {
        var (visitor, own) = await MakeAsync("edited");
        using var saved = await visitor.FillInAsync("/data/mappings/own/edited", ("yaml", Map("edited", "Second").Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);

        Assert.Equal(Map("edited", "Second"), await own.ReadAsync("edited", Ct));
        var page = await visitor.ReadAsync("/data/mappings/own/edited");
        Assert.Equal(["2", "1"], page.QuerySelectorAll("table.rows tbody th").Select(c => c.TextContent.Trim()));
        Assert.Equal(["admin", "ann"], page.QuerySelectorAll("table.rows tbody bdi").Select(c => c.TextContent));
        using var first = await visitor.GetAsync("/data/mappings/own/edited/yaml?version=1");
        Assert.Equal(Map("edited", "First"), await first.Content.ReadAsStringAsync(Ct));
        Assert.Equal("edited.1.yaml", first.Content.Headers.ContentDisposition!.FileName);
        using var now = await visitor.GetAsync("/data/mappings/own/edited/yaml");
        Assert.Equal(Map("edited", "Second"), await now.Content.ReadAsStringAsync(Ct));
    }

    [Theory]
    [InlineData("name: broken\nfiles: \"*\"\nfacts: [{ fact: staff, columns: { nmae: x } }]", "broken.yaml line 3: staff has no column 'nmae'")]
    [InlineData("name: other\nfiles: \"*\"\nfacts: [{ fact: staff, columns: { source_key: \"x:{a}\", occurred_at: \"{b}\", name: \"{a}\" } }]", "calls itself 'other'")]
    [InlineData("{{{{", "not a mapping")]
    public async Task A_text_that_is_wrong_is_not_saved_and_says_where(string text, string said)
    {
        var (visitor, own) = await MakeAsync("broken");
        using var answer = await visitor.FillInAsync("/data/mappings/own/broken", ("yaml", text));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Connecting.ReadAsync(answer);
        Assert.Contains(said, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(text, page.QuerySelector("textarea")!.TextContent);
        Assert.Equal(Map("broken", "First"), await own.ReadAsync("broken", Ct));
    }

    [Fact]
    public async Task An_auditor_reads_by_which_text_a_batch_became_facts_and_changes_nothing()
    {
        await MakeAsync("audited");
        var sender = await HookSender.NewAsync(host, HookScheme.Generic, "auditable", "audited");
        Assert.Equal(200, (await sender.SendAsync("{\"id\":\"8\",\"at\":\"2026-03-02T10:00Z\"}")).Status);
        var auditor = await host.NewSignedInAsAsync(Role.Auditor);
        var list = await auditor.ReadAsync("/data");
        var batch = list.QuerySelectorAll("tbody tr").First(row => row.TextContent.Contains("audited", StringComparison.Ordinal));
        var page = await auditor.ReadAsync(batch.QuerySelector("th a")!.GetAttribute("href")!);
        Assert.Equal(Map("audited", "First"), page.QuerySelector("pre.record code")!.TextContent);
        Assert.Contains("UTF-8, or by its mark", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var address in new[] { "/data/sources", "/data/mappings/own/audited" })
            Assert.Empty((await auditor.ReadAsync(address)).QuerySelectorAll("main form, main a[href$='/delete'], main a[href$='/new'], main a[href$='/rotate']"));
    }

    [Fact]
    public async Task It_is_deleted_only_by_its_name_and_its_facts_stay()
    {
        var (visitor, own) = await MakeAsync("leaving");
        var sender = await HookSender.NewAsync(host, HookScheme.Generic, "leaver", "leaving");
        Assert.Equal(200, (await sender.SendAsync("{\"id\":\"7\",\"at\":\"2026-03-02T10:00Z\"}")).Status);
        using var wrong = await visitor.FillInAsync("/data/mappings/own/leaving/delete", ("typed", "leavign"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.True(own.Has("leaving"));
        using var right = await visitor.FillInAsync("/data/mappings/own/leaving/delete", ("typed", "leaving"));
        Assert.Equal(HttpStatusCode.Found, right.StatusCode);
        Assert.False(own.Has("leaving"));
        await visitor.ReadAsync("/data/mappings/own/leaving", HttpStatusCode.NotFound);
        await using var kept = host.Database.DataSource.CreateCommand("select count(*) from staff where source_key = 'leaving:7'");
        Assert.Equal(1L, await kept.ExecuteScalarAsync(Ct));
        // Who still sends is told to come again, and nothing of it is taken.
        Assert.Equal(503, (await sender.SendAsync("{\"id\":\"8\",\"at\":\"2026-03-02T10:00Z\"}")).Status);
    }

    [Fact]
    public async Task A_webhook_is_read_by_the_mapping_as_it_is_when_it_comes()
    {
        var (_, own) = await MakeAsync("living");
        var sender = await HookSender.NewAsync(host, HookScheme.Generic, "living-hook", "living");
        await sender.SendAsync("{\"id\":\"1\",\"at\":\"2026-03-02T10:00Z\"}");
        await own.SaveAsync("living", Map("living", "Second"), "ann", SmallCompany.Now, Ct);
        await sender.SendAsync("{\"id\":\"2\",\"at\":\"2026-03-02T10:00Z\"}");
        await using var names = host.Database.DataSource.CreateCommand("select string_agg(name, ',' order by source_key) from staff where source_key like 'living:%'");
        Assert.Equal("First,Second", await names.ExecuteScalarAsync(Ct));
    }

    private async Task<(Visitor Visitor, OwnMappings Own)> MakeAsync(string name)
    {
        var own = await host.PartAsync<OwnMappings>();
        await own.SaveAsync(name, Map(name, "First"), "ann", SmallCompany.Now, Ct);
        return (await host.SignedInAsync(), own);
    }

    private static string Map(string name, string called) => $$"""
        name: {{name}}
        files: "*"
        facts:
          - fact: staff
            columns: { source_key: "{{name}}:{id}", occurred_at: "{at}", name: {{called}} }

        """.ReplaceLineEndings("\n");
}
