using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Ingest.Sweeping;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Sweeping;

/// <summary>What a full list of ids no longer has is marked as deleted.</summary>
public sealed class SweepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_vanished_is_marked_and_the_history_keeps_what_was_known()
    {
        await using var world = await GivenContactsAsync(40);
        var before = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromHours(1));

        var report = await SweepAsync(world, "ids.txt", Ids(40).Where(i => i != "3"));

        Assert.Equal((39, 40, 1, 0, 1, false), (report.Listed, report.Living, report.Vanished, report.Missing, report.Marked, report.Refused));
        Assert.Equal(["crm:3"], report.FirstVanished);
        Assert.Equal(["crm:3 Contact crm:3 crm:A"], await world.TextsAsync("select c.source_key || ' ' || c.name || ' ' || a.source_key from contact c join account a using (account_id) where c.deleted"));
        Assert.Equal(["crm:3 false"], await world.TextsAsync("select source_key || ' ' || deleted from contact_history"));
        Assert.Equal(["40"], await AsKnownAsync(world, before));
        Assert.Equal(["39"], await AsKnownAsync(world, world.Clock.Now));
        Assert.Equal(["sweep sweep:crm:contact ids.txt 39 1 1"], await world.TextsAsync($"select concat_ws(' ', source, mapping, name, records, read, changed) from batch where batch_id = {report.Batch}"));
        var again = await SweepAsync(world, "ids.txt", Ids(40).Where(i => i != "3"));
        Assert.Equal((0, 0), (again.Vanished, again.Marked));
    }

    [Fact]
    public async Task More_than_a_twentieth_goes_only_when_asked_for()
    {
        await using var world = await GivenContactsAsync(40);

        var refused = await SweepAsync(world, "ids.txt", Ids(37));
        Assert.Equal((true, 3, 0, null), (refused.Refused, refused.Vanished, refused.Marked, refused.Batch));
        Assert.Equal(0, await world.CountAsync("select count(*) from contact where deleted"));
        Assert.Equal(0, await world.CountAsync("select count(*) from batch where source = 'sweep'"));
        var empty = await SweepAsync(world, "ids.txt", []);
        Assert.True(empty.Refused);
        var exactly = await SweepAsync(world, "ids.txt", Ids(38));
        Assert.Equal((false, 2), (exactly.Refused, exactly.Marked));
        var agreed = await SweepAsync(world, "ids.txt", Ids(20), agreed: true);

        Assert.Equal(18, agreed.Marked);
        Assert.Equal(20, await world.CountAsync("select count(*) from contact where not deleted"));
    }

    [Fact]
    public async Task Other_sources_and_what_came_after_the_list_are_left_alone()
    {
        await using var world = await GivenContactsAsync(40);
        await world.LoadAsync(Given.Contact("crm:A", "crmx:1"), Given.Contact("crm:A", "hub:1"));
        var listed = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await world.LoadAsync(Given.Contact("crm:A", "crm:new"));

        var report = await SweepAsync(world, "ids.txt", Ids(40).Where(i => i != "3").Append("unheard-of"), listedAt: listed);

        Assert.Equal((1, 1, 1), (report.Marked, report.Younger, report.Missing));
        Assert.Equal(["crm:unheard-of"], report.FirstMissing);
        Assert.Equal(["crm:3"], await world.TextsAsync("select source_key from contact where deleted"));
    }

    [Fact]
    public async Task What_the_source_brings_back_lives_again_and_an_older_version_does_not()
    {
        await using var world = await GivenContactsAsync(40);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await SweepAsync(world, "ids.txt", Ids(40).Where(i => i != "3"));

        await world.LoadAsync(Given.Contact("crm:A", "crm:3") with { Name = "Older", SourceModifiedAt = Given.At("2026-01-01T00:00Z") });
        Assert.Equal(1, await world.CountAsync("select count(*) from contact where deleted"));
        await world.LoadAsync(Given.Contact("crm:A", "crm:3") with { Name = "Back", SourceModifiedAt = world.Clock.Now.AddHours(1) });

        Assert.Equal(["Back"], await world.TextsAsync("select name from contact where source_key = 'crm:3' and not deleted"));
    }

    [Fact]
    public async Task A_list_is_read_from_a_column_with_or_without_the_source_and_twice_named_counts_once()
    {
        await using var world = await GivenContactsAsync(20);
        var csv = "Name,Id\n" + string.Concat(Ids(20).Where(i => i != "7").Select(i => $"x,{i}\n")) + "x,crm:1\n";

        var report = await SweepAsync(world, "contacts.csv", csv);
        var lines = await SweepAsync(world, "contacts.jsonl", string.Concat(Ids(20).Where(i => i is not "7").Select(i => $"{{\"id\":\"{i}\"}}\n")));

        Assert.Equal((19, 1, 0), (report.Listed, report.Marked, lines.Marked));
    }

    [Theory]
    [InlineData("ids.csv", "number,who\n1,Ann\n", "ids.csv: which column has the ids does not follow from number, who; expected 'id', or --id with the name of the column.")]
    [InlineData("ids.csv", "id,who\n1,Ann\n2\n", "ids.csv line 3: has 1 fields; expected 2 as in the header. Nothing was done.")]
    [InlineData("ids.txt", "1\n\uFFFD\n", "ids.txt line 2: '\uFFFD' is no id; expected text of at most 512 characters in UTF-8.")]
    [InlineData("ids.pdf", "1\n", "ids.pdf: expected a .csv, .tsv, .jsonl, .ndjson, .json or .xlsx file, also as .gz or .zip.")]
    public async Task A_list_that_is_none_deletes_nothing(string name, string content, string problem)
    {
        await using var world = await GivenContactsAsync(2);

        var refused = await Assert.ThrowsAsync<SourceFileException>(() => SweepAsync(world, name, content));

        Assert.Equal(problem, refused.Message);
        Assert.Equal(0, await world.CountAsync("select count(*) from contact where deleted"));
    }

    [Fact]
    public async Task Reference_data_is_swept_too()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync([.. Enumerable.Range(1, 20).Select(i => Given.Staff($"hr:{i}"))]);

        var path = Path.Combine(world.NewFolder(), "staff.txt");
        await File.WriteAllLinesAsync(path, Ids(19), Ct);
        var report = await new Sweep(world.Database.DataSource, world.Kept, world.Clock).RunAsync(
            new SweepRequest { Source = "hr", Fact = FactTable.Of<Staff>(), Path = path, ListedAt = world.Clock.Now }, Ct);

        Assert.Equal((1, 1), (report.Vanished, report.Marked));
        Assert.Equal(["hr:20"], await world.TextsAsync("select source_key from staff where deleted"));
    }

    private static async Task<World> GivenContactsAsync(int count)
    {
        var world = await World.CreateAsync();
        await world.LoadAsync([Given.Account("crm:A"), .. Ids(count).Select(i => Given.Contact("crm:A", $"crm:{i}"))]);
        return world;
    }

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(1, count).Select(i => $"{i}");

    private static Task<SweepReport> SweepAsync(World world, string name, IEnumerable<string> ids, DateTimeOffset? listedAt = null, bool agreed = false) =>
        SweepAsync(world, name, string.Concat(ids.Select(i => i + "\n")), listedAt, agreed);

    private static async Task<SweepReport> SweepAsync(World world, string name, string content, DateTimeOffset? listedAt = null, bool agreed = false)
    {
        var path = Path.Combine(world.NewFolder(), name);
        await File.WriteAllTextAsync(path, content, Ct);
        return await new Sweep(world.Database.DataSource, world.Kept, world.Clock).RunAsync(
            new SweepRequest { Source = "crm", Fact = FactTable.Of<Contact>(), Path = path, ListedAt = listedAt ?? world.Clock.Now, Agreed = agreed }, Ct);
    }

    private static async Task<IReadOnlyList<string>> AsKnownAsync(World world, DateTimeOffset at)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Ct);
        await using var enter = new NpgsqlCommand("select set_config('followthrough.known_as_of', $1, false)", connection) { Parameters = { new() { Value = at.ToString("O") } } };
        await enter.ExecuteNonQueryAsync(Ct);
        await using var count = new NpgsqlCommand("select (count(*) filter (where not deleted))::text from as_known.contact", connection);
        return [(string)(await count.ExecuteScalarAsync(Ct))!];
    }
}
