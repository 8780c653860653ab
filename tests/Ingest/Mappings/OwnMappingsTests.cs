using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>An installation's own mappings: kept by name and version, and found by that name wherever one is asked for.</summary>
public sealed class OwnMappingsTests : IDisposable
{
    private static readonly DateTimeOffset Now = Given.At("2026-06-01T12:00Z");
    private readonly DirectoryInfo _folder = TestFolder.Create("own-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnMappings Own => new(DataFolder.At(_folder.FullName));

    [Fact]
    public async Task Saving_again_makes_a_version_and_keeps_the_one_before()
    {
        Assert.Equal(1, await Own.SaveAsync("agents", Map("agents", "name"), "ann", Now, Ct));
        Assert.Equal(1, await Own.SaveAsync("agents", Map("agents", "name"), "ann", Now, Ct));
        Assert.Equal(2, await Own.SaveAsync("agents", Map("agents", "title"), "bob", Now.AddHours(1), Ct));

        Assert.Equal(Map("agents", "title"), await Own.ReadAsync("agents", Ct));
        Assert.Equal(Map("agents", "name"), await Own.ReadAsync("agents", 1, Ct));
        Assert.Equal(["2 bob", "1 ann"], (await Own.ChangesAsync("agents", Ct)).Select(c => $"{c.Version} {c.By}"));
        Assert.Equal(["agents"], Own.Names);
    }

    [Fact]
    public async Task What_somebody_changed_with_an_editor_becomes_a_version_before_it_is_replaced()
    {
        await Own.SaveAsync("agents", Map("agents", "name"), "ann", Now, Ct);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "mappings/agents.yaml"), Map("agents", "email"), Ct);

        Assert.Equal(3, await Own.SaveAsync("agents", Map("agents", "title"), "ann", Now, Ct));

        Assert.Equal(Map("agents", "email"), await Own.ReadAsync("agents", 2, Ct));
        Assert.Equal(["3 ann", "2 an editor", "1 ann"], (await Own.ChangesAsync("agents", Ct)).Select(c => $"{c.Version} {c.By}"));
    }

    [Theory]
    [InlineData("salesforce_case", "ships with the product")]
    [InlineData("salesforce", "ships with the product")]
    [InlineData("canonical", "own format")]
    [InlineData("../evil", "The name")]
    [InlineData("a/b", "The name")]
    [InlineData(".hidden", "The name")]
    [InlineData("UPPER", "The name")]
    [InlineData("", "The name")]
    [InlineData("agents\n", "The name")]
    public async Task A_name_that_is_taken_or_leads_elsewhere_is_refused(string name, string said)
    {
        var refused = await Assert.ThrowsAsync<MappingException>(() => Own.SaveAsync(name, Map(name, "name"), "ann", Now, Ct));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
        Assert.False(Own.Has(name));
        Assert.Null(await Own.ReadAsync(name, Ct));
    }

    [Fact]
    public async Task A_text_that_is_no_mapping_or_calls_itself_otherwise_is_not_saved()
    {
        await Assert.ThrowsAsync<MappingException>(() => Own.SaveAsync("agents", "name: agents\n", "ann", Now, Ct));
        var other = await Assert.ThrowsAsync<MappingException>(() => Own.SaveAsync("agents", Map("others", "name"), "ann", Now, Ct));
        Assert.Equal("agents.yaml: calls itself 'others'; expected name: agents.", other.Message);
        var deep = await Assert.ThrowsAsync<MappingException>(() => Own.SaveAsync("agents", new string('[', 200_000), "ann", Now, Ct));
        Assert.Contains("more than 32 deep", deep.Message, StringComparison.Ordinal);
        Assert.Empty(Own.Names);
    }

    [Fact]
    public async Task Many_who_save_at_once_get_a_version_each()
    {
        await Own.SaveAsync("agents", Map("agents", "name"), "ann", Now, Ct);
        string[] columns = ["email", "title", "manager_key"];
        await Task.WhenAll(columns.Select(c => Task.Run(() => Own.SaveAsync("agents", Map("agents", c), c, Now, Ct), Ct)));
        var kept = new List<string?>();
        for (var version = 1; await Own.ReadAsync("agents", version, Ct) is { } text; version++) kept.Add(text);
        Assert.All(columns, c => Assert.Contains(Map("agents", c), kept));
    }

    [Fact]
    public async Task The_loader_finds_it_by_name_and_a_group_by_what_they_begin_with()
    {
        await using var world = await World.CreateAsync();
        var own = new OwnMappings(DataFolder.At(world.Folder));
        await own.SaveAsync("pbx_agents", Map("pbx_agents", "name", "agents*.csv"), "ann", Now, Ct);
        await own.SaveAsync("pbx_people", Map("pbx_people", "name", "people*.csv", "people"), "ann", Now, Ct);
        var folder = world.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "agents-1.csv"), "id,text,at\n1,Ann,2026-03-02T10:00Z\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "people-1.csv"), "id,text,at\n2,Bob,2026-03-02T10:00Z\n", Ct);

        Assert.Equal(1, (await world.LoadFileAsync("any.csv", "id,text,at\n3,Cy,2026-03-02T10:00Z\n", "pbx_agents")).Added);
        Assert.Equal(2, (await world.LoadPathAsync(folder, "pbx")).Files.Sum(f => f.Added));

        Assert.Equal(["pbx:1", "pbx:3", "people:2"], await world.TextsAsync("select source_key from staff order by 1"));
        Assert.Equal(["pbx_agents", "pbx_people"], await world.TextsAsync("select distinct mapping from batch order by 1"));
        var said = await Assert.ThrowsAsync<MappingException>(() => world.LoadFileAsync("any.csv", "id\n", "pbx_agent"));
        Assert.Contains("did you mean 'pbx_agents'?", said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_rejected_goes_in_with_its_next_version()
    {
        await using var world = await World.CreateAsync();
        var own = new OwnMappings(DataFolder.At(world.Folder));
        await own.SaveAsync("pbx", Map("pbx", "name").Replace("\"{at}\"", "{ from: \"{at}\", date: \"d/M/yyyy\" }", StringComparison.Ordinal), "ann", Now, Ct);
        Assert.Equal(1, (await world.LoadFileAsync("agents.csv", "id,text,at\n1,Ann,2026-03-02T10:00Z\n", "pbx")).Rejected);
        await own.SaveAsync("pbx", Map("pbx", "name"), "ann", Now, Ct);

        var report = await new Followthrough.Ingest.Replaying.Replay(world.Database.DataSource, world.Kept, world.Clock)
            .RunAsync(new Followthrough.Ingest.Replaying.ReplayRequest { All = true, By = "ann" }, Ct);

        Assert.Equal((1, 0), (report.Settled, report.Left));
        Assert.Equal(["pbx:1"], await world.TextsAsync("select source_key from staff"));
    }

    [Fact]
    public async Task A_deleted_one_is_gone_and_its_versions_stay()
    {
        await Own.SaveAsync("agents", Map("agents", "name"), "ann", Now, Ct);
        Assert.True(await Own.DeleteAsync("agents", "bob", Now));
        Assert.False(await Own.DeleteAsync("agents", "bob", Now));
        Assert.Empty(Own.Names);
        Assert.Null((await Own.ChangesAsync("agents", Ct))[0].Version);
        Assert.Equal(2, await Own.SaveAsync("agents", Map("agents", "title"), "ann", Now, Ct));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Map(string name, string column, string files = "*", string source = "pbx") => $$"""
        name: {{name}}
        files: "{{files}}"
        facts:
          - fact: staff
            columns: { source_key: "{{source}}:{id}", occurred_at: "{at}", name: "{text}"{{(column == "name" ? "" : $", {column}: \"{{text}}\"")}} }

        """;
}
