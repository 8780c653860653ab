using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Replaying;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Replaying;

/// <summary>Rejected records, corrected and tried again.</summary>
public sealed class ReplayTests
{
    private const string Header = "source_key,occurred_at,source_modified_at,account,name,tier\n";
    private const string Open = "select count(*) from quarantine where resolved_at is null";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_corrected_by_hand_goes_in_as_a_batch_of_its_own_and_leads_to_its_bytes()
    {
        await using var world = await GivenAccountAsync();
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,,crm:1,Ann,\nc:2,yesterday,,crm:1,Bob,\n");
        var id = await IdAsync(world);

        var report = await ReplayAsync(world, new ReplayRequest { Ids = [id], Edit = Fields(("occurred_at", "2026-03-03T10:00Z")), By = "Kim" });

        Assert.Equal((1, 0, 1, 0), (report.Settled, report.Left, report.Added, report.Changed));
        var batch = Assert.Single(report.Batches);
        Assert.Equal([$"Bob {batch} 3"], await world.TextsAsync("select name || ' ' || batch_id || ' ' || position from contact where source_key = 'c:2'"));
        Assert.Equal([$"{batch} Kim {{\"occurred_at\": \"2026-03-03T10:00Z\"}}"], await world.TextsAsync("select replayed_in || ' ' || edited_by || ' ' || edit from quarantine where resolved_at is not null"));
        Assert.Equal(["replay canonical:contact 1 1 1"], await world.TextsAsync($"select source || ' ' || mapping || ' ' || records || ' ' || read || ' ' || added from batch where batch_id = {batch}"));
        var file = await world.TextsAsync($"select sha256 from batch where batch_id = {batch}");
        Assert.Equal("c:2,yesterday,,crm:1,Bob,", (await world.Kept.ReadRecordAsync(new BatchFile("contact.csv", file[0], ""), 3, Ct))!.TrimEnd());
        await AssertBalancedAsync(world);
    }

    [Fact]
    public async Task A_mended_mapping_takes_in_what_the_wrong_one_could_not_read_and_later_the_whole_file_too()
    {
        await using var world = await GivenAccountAsync();
        var folder = world.NewFolder();
        var (wrong, mended) = (Path.Combine(folder, "wrong.yaml"), Path.Combine(folder, "mended.yaml"));
        await File.WriteAllTextAsync(wrong, Mapping("yyyy-MM-dd"), Ct);
        await File.WriteAllTextAsync(mended, Mapping("dd.MM.yyyy"), Ct);
        const string people = "id,since,who\n1,02.03.2026,Ann\n2,2026-03-03,Bob\n3,04.03.2026,Cem\n";
        var loaded = await world.LoadFileAsync("people.csv", people, wrong);
        Assert.Equal((1, 2), (loaded.Added, loaded.Rejected));

        var report = await ReplayAsync(world, new ReplayRequest { All = true, Mapping = mended });

        Assert.Equal((2, 0, 2), (report.Settled, report.Left, report.Added));
        Assert.Equal(["Ann", "Bob", "Cem"], await world.TextsAsync("select name from contact order by 1"));
        Assert.Equal(0, await world.CountAsync(Open));
        var whole = await world.LoadFileAsync("people.csv", people, mended);
        Assert.Equal((FileOutcome.Loaded, 2, 1), (whole.Outcome, whole.Unchanged, whole.Rejected));
        await AssertBalancedAsync(world);
    }

    [Fact]
    public async Task A_mapping_of_ones_own_is_remembered_for_the_next_try()
    {
        await using var world = await GivenAccountAsync();
        var mapping = Path.Combine(world.NewFolder(), "own.yaml");
        await File.WriteAllTextAsync(mapping, Mapping("dd.MM.yyyy"), Ct);
        await world.LoadFileAsync("people.csv", "id,since,who\n1,soon,Ann\n", mapping);
        File.Delete(mapping);

        var report = await ReplayAsync(world, new ReplayRequest { Ids = [await IdAsync(world)], Edit = Fields(("since", "02.03.2026")) });

        Assert.Equal((1, 1), (report.Settled, report.Added));
    }

    [Fact]
    public async Task What_is_rejected_again_stays_with_its_new_reason_and_the_correction_so_far()
    {
        await using var world = await GivenAccountAsync();
        await world.LoadFileAsync("contact.csv", Header + "c:2,yesterday,,crm:1,Bob,huge\n");
        var id = await IdAsync(world);
        var batches = await world.CountAsync("select count(*) from batch");

        var again = await ReplayAsync(world, new ReplayRequest { Ids = [id], Edit = Fields(("occurred_at", "2026-03-03T10:00Z")) });
        Assert.Equal((0, 1, 0), (again.Settled, again.Left, again.Added));
        Assert.StartsWith($"{id} (contact.csv 2): field tier: 'huge' is not known;", Assert.Single(again.Problems), StringComparison.Ordinal);
        Assert.Equal(["tier not_a_choice true"], await world.TextsAsync("select field || ' ' || reason || ' ' || (tried_at is not null) from quarantine"));
        Assert.Equal(batches, await world.CountAsync("select count(*) from batch"));

        var done = await ReplayAsync(world, new ReplayRequest { Ids = [id], Edit = Fields(("tier", "")) });
        Assert.Equal((1, 0, 1), (done.Settled, done.Left, done.Added));
        var settled = await ReplayAsync(world, new ReplayRequest { Ids = [id, 999_999] });
        Assert.Equal([$"{id}: is settled already.", "999999: there is no such rejected record."], settled.Problems);
        Assert.Equal((0, 0, 0), (settled.Settled, settled.Left, settled.Added));
        await AssertBalancedAsync(world);
    }

    [Fact]
    public async Task A_record_that_waits_for_its_account_goes_in_under_another_and_names_nobody_still_waits()
    {
        await using var world = await GivenAccountAsync();
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,,crm:9,Ann,\nc:2,2026-03-02T10:00Z,,crm:8,Bob,\n");
        var ids = await world.TextsAsync("select quarantine_id from quarantine order by position");

        var corrected = await ReplayAsync(world, new ReplayRequest { Ids = [long.Parse(ids[0], null)], Edit = Fields(("account", "crm:1")) });
        var moved = await ReplayAsync(world, new ReplayRequest { Ids = [long.Parse(ids[1], null)], Edit = Fields(("account", "crm:7")) });

        Assert.Equal((1, 1), (corrected.Settled, moved.Left));
        Assert.Equal(["unknown_account crm:7"], await world.TextsAsync("select reason || ' ' || waiting_for_account from quarantine where resolved_at is null"));
        await world.LoadAsync(Given.Account("crm:7"));
        Assert.Equal(["Ann crm:1", "Bob crm:7"], await world.TextsAsync("select c.name || ' ' || a.source_key from contact c join account a using (account_id) order by 1"));
        Assert.Equal(0, await world.CountAsync(Open));
    }

    [Fact]
    public async Task An_account_that_goes_in_brings_in_what_waited_for_it()
    {
        await using var world = await World.CreateAsync();
        await world.LoadFileAsync("account.csv", "source_key,occurred_at,name\ncrm:5,never,Five\n");
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,,crm:5,Ann,\n");

        var report = await ReplayAsync(world, new ReplayRequest { Ids = [await IdAsync(world, "account")], Edit = Fields(("occurred_at", "2026-01-01T00:00Z")) });

        Assert.Equal((1, 1, 1), (report.Settled, report.Added, report.Released));
        Assert.Equal(["Ann"], await world.TextsAsync("select name from contact"));
    }

    [Fact]
    public async Task An_old_record_tried_again_changes_nothing_that_came_after_it()
    {
        await using var world = await GivenAccountAsync();
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,,crm:1,Old name,huge\n");
        // Its key is what was wrong with it, so the later version does not settle it.
        await using (var unnamed = world.Database.DataSource.CreateCommand("update quarantine set source_key = null")) await unnamed.ExecuteNonQueryAsync(Ct);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,,crm:1,New name,\n");
        world.Clock.Advance(TimeSpan.FromHours(1));

        var report = await ReplayAsync(world, new ReplayRequest { Ids = [await IdAsync(world)], Edit = Fields(("tier", "")) });

        Assert.Equal((1, 0, 0, 1), (report.Settled, report.Added, report.Changed, report.Unchanged));
        Assert.Equal(["New name"], await world.TextsAsync("select name from contact"));
    }

    [Fact]
    public async Task An_older_version_that_goes_in_does_not_settle_a_newer_one()
    {
        await using var world = await GivenAccountAsync();
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,,crm:1,Old name,huge\n");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,,crm:1,New name,vast\n");
        var ids = await world.TextsAsync("select quarantine_id from quarantine order by quarantine_id");

        var old = await ReplayAsync(world, new ReplayRequest { Ids = [long.Parse(ids[0], null)], Edit = Fields(("tier", "")) });
        Assert.Equal((1, 1), (old.Settled, await world.CountAsync(Open)));
        var young = await ReplayAsync(world, new ReplayRequest { Ids = [long.Parse(ids[1], null)], Edit = Fields(("tier", "")) });

        Assert.Equal((1, 1), (young.Settled, young.Changed));
        Assert.Equal(["New name"], await world.TextsAsync("select name from contact"));
    }

    [Fact]
    public async Task A_line_with_too_few_fields_and_one_that_is_no_json_are_corrected_whole()
    {
        await using var world = await GivenAccountAsync();
        await world.LoadFileAsync("contact.csv", Header + "c:1,2026-03-02T10:00Z,crm:1,Ann\n");
        await world.LoadFileAsync("contact.jsonl", "{\"source_key\":\"c:2\",\n");

        var line = await ReplayAsync(world, new ReplayRequest
        {
            Ids = [long.Parse((await world.TextsAsync("select quarantine_id from quarantine where reason = 'ragged'"))[0], null)],
            Edit = Fields(("source_modified_at", ""), ("account", "crm:1"), ("name", "Ann")),
        });
        var json = await ReplayAsync(world, new ReplayRequest
        {
            Ids = [long.Parse((await world.TextsAsync("select quarantine_id from quarantine where reason = 'bad_json'"))[0], null)],
            Edit = Fields(("line", "{\"source_key\":\"c:2\",\"occurred_at\":\"2026-03-02T10:00Z\",\"account\":\"crm:1\",\"name\":\"Bob\"}")),
        });

        Assert.Empty(line.Problems.Concat(json.Problems));
        Assert.Equal(["Ann", "Bob"], await world.TextsAsync("select name from contact order by 1"));
    }

    [Fact]
    public async Task Records_that_are_told_apart_by_their_number_keep_it()
    {
        await using var world = await GivenAccountAsync();
        var mapping = Path.Combine(world.NewFolder(), "counted.yaml");
        await File.WriteAllTextAsync(mapping, Mapping("dd.MM.yyyy").Replace("p:{id}", "p:{who}/{#}", StringComparison.Ordinal) + "numbered_by: [who]\n", Ct);
        await world.LoadFileAsync("people.csv", "id,since,who\n1,02.03.2026,Ann\n2,soon,Ann\n3,04.03.2026,Ann\n", mapping);

        var report = await ReplayAsync(world, new ReplayRequest { Ids = [await IdAsync(world)], Edit = Fields(("since", "03.03.2026")) });

        Assert.Equal((1, 1), (report.Settled, report.Added));
        Assert.Equal(["p:Ann/1", "p:Ann/2", "p:Ann/3"], await world.TextsAsync("select source_key from contact order by 1"));
    }

    [Fact]
    public async Task Without_the_kept_file_the_quarantine_gives_the_record()
    {
        await using var world = await GivenAccountAsync();
        await world.LoadFileAsync("contact.csv", Header + "c:2,yesterday,,crm:1,Bob,\n");
        Directory.Delete(Path.Combine(world.Folder, "kept"), recursive: true);

        var report = await ReplayAsync(world, new ReplayRequest { Reason = "bad_instant" });
        Assert.Equal((0, 1), (report.Settled, report.Left));
        var corrected = await ReplayAsync(world, new ReplayRequest { Ids = [await IdAsync(world)], Edit = Fields(("occurred_at", "2026-03-03T10:00Z")) });

        Assert.Equal((1, 1), (corrected.Settled, corrected.Added));
    }

    [Fact]
    public async Task Two_at_once_bring_every_record_in_once()
    {
        await using var world = await GivenAccountAsync();
        var mapping = Path.Combine(world.NewFolder(), "mended.yaml");
        await File.WriteAllTextAsync(mapping, Mapping("dd.MM.yyyy"), Ct);
        var wrong = Path.Combine(world.NewFolder(), "wrong.yaml");
        await File.WriteAllTextAsync(wrong, Mapping("yyyy-MM-dd"), Ct);
        await world.LoadFileAsync("people.csv", "id,since,who\n" + string.Concat(Enumerable.Range(1, 200).Select(i => $"{i},02.03.2026,N{i}\n")), wrong);

        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ReplayAsync(world, new ReplayRequest { All = true, Mapping = mapping })));

        Assert.Equal((200, 200, 1), (reports.Sum(r => r.Settled), reports.Sum(r => r.Added), reports.Sum(r => r.Batches.Count)));
        Assert.Equal(200, await world.CountAsync("select count(*) from contact"));
        await AssertBalancedAsync(world);
    }

    [Fact]
    public async Task A_mapping_that_finds_the_records_elsewhere_is_refused_and_leaves_all_as_it_is()
    {
        await using var world = await GivenAccountAsync();
        var (one, two) = (Path.Combine(world.NewFolder(), "one.yaml"), Path.Combine(world.NewFolder(), "two.yaml"));
        await File.WriteAllTextAsync(one, Mapping("dd.MM.yyyy"), Ct);
        await File.WriteAllTextAsync(two, Mapping("dd.MM.yyyy") + "header_lines: 2\n", Ct);
        await world.LoadFileAsync("people.csv", "id,since,who\n1,soon,Ann\n", one);

        var report = await ReplayAsync(world, new ReplayRequest { All = true, Mapping = two });

        Assert.Equal((0, 1, 1), (report.Settled, report.Left, await world.CountAsync(Open)));
        Assert.Contains("finds its records elsewhere in the file", Assert.Single(report.Problems), StringComparison.Ordinal);
        await Assert.ThrowsAsync<MappingException>(() => ReplayAsync(world, new ReplayRequest()));
        await Assert.ThrowsAsync<MappingException>(() => ReplayAsync(world, new ReplayRequest { All = true, Edit = Fields(("a", "b")) }));
    }

    private static async Task<World> GivenAccountAsync()
    {
        var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));
        return world;
    }

    private static string Mapping(string date) => $$"""
        name: people
        files: "people*.csv"
        zone: Etc/UTC
        facts:
          - fact: contact
            columns:
              source_key: "p:{id}"
              account: "crm:1"
              name: "{who}"
              occurred_at: { from: "{since}", date: "{{date}}" }

        """;

    private static Task<ReplayReport> ReplayAsync(World world, ReplayRequest request) => new Replay(world.Database.DataSource, world.Kept, world.Clock).RunAsync(request, Ct);

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value);

    private static Task<long> IdAsync(World world, string fact = "contact") =>
        world.CountAsync($"select quarantine_id from quarantine where resolved_at is null and fact = '{fact}' order by quarantine_id limit 1");

    // What a batch says it rejected is what is kept of it, settled or not.
    private static async Task AssertBalancedAsync(World world) =>
        Assert.Equal([], await world.TextsAsync("""
            select batch_id from batch b
            where read <> added + changed + unchanged + rejected or rejected <> (select count(*) from quarantine q where q.batch_id = b.batch_id)
            """));
}
