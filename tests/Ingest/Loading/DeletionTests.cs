using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>Deletions that say no more than which key is gone.</summary>
public sealed class DeletionTests
{
    private const string Header = "source_key,occurred_at,source_modified_at,account,name,deleted\n";
    private const string Ann = "c:1,2026-03-02T10:00Z,2026-03-02T10:00Z,crm:1,Ann,\n";
    private const string Gone = "source_key,occurred_at,account,name,deleted\nc:1,,,,true\n";

    [Fact]
    public async Task The_known_version_stays_marked_and_history_keeps_the_one_before()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));
        await world.LoadFileAsync("contact.csv", Header + Ann);
        world.Clock.Advance(TimeSpan.FromHours(1));

        var gone = await world.LoadFileAsync("contact.csv", Gone);

        Assert.Equal([], gone.Problems);
        Assert.Equal((1, 1, 0), (gone.Read, gone.Changed, gone.Rejected));
        Assert.Equal(["Ann true crm:1"], await world.TextsAsync("select c.name || ' ' || c.deleted || ' ' || a.source_key from contact c join account a using (account_id)"));
        Assert.Equal(["Ann false"], await world.TextsAsync("select name || ' ' || deleted from contact_history"));
    }

    [Fact]
    public async Task Created_and_deleted_in_one_file_it_is_deleted()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));

        var report = await world.LoadFileAsync("contact.csv", Header + Ann + "c:1,,,,,true\n");

        Assert.Equal((2, 1, 1), (report.Read, report.Added, report.Unchanged));
        Assert.Equal(["Ann true"], await world.TextsAsync("select name || ' ' || deleted from contact"));
    }

    [Fact]
    public async Task A_deletion_that_overtakes_what_it_deletes_waits_for_it()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));

        var early = await world.LoadFileAsync("contact.csv", Gone);
        Assert.Equal((1, 1), (early.Read, early.Rejected));
        Assert.Equal("contact.csv: 1 deletions of contact name a key nobody has heard of. They are kept and take effect if it arrives.", Assert.Single(early.Problems));
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.LoadFileAsync("contact.csv", Header + Ann);

        Assert.Equal(["Ann true"], await world.TextsAsync("select name || ' ' || deleted from contact"));
        Assert.Equal(0, await world.CountAsync("select count(*) from quarantine where resolved_at is null"));
    }

    [Fact]
    public async Task What_the_source_brought_back_after_the_deletion_lives()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));
        await world.LoadFileAsync("contact.csv", Header + Ann);
        await world.LoadFileAsync("contact.csv", Header.Replace(",deleted", ",deleted", StringComparison.Ordinal) + "c:1,,2026-03-03T10:00Z,,,true\n");

        var back = await world.LoadFileAsync("contact.csv", Header + Ann.Replace("02T10:00Z,2026-03-02", "02T10:00Z,2026-03-04", StringComparison.Ordinal));
        var older = await world.LoadFileAsync("contact.csv", Header + "c:1,,2026-03-03T11:00Z,,,true\n");

        Assert.Equal((1, 1), (back.Changed, older.Unchanged));
        Assert.Equal(["Ann false"], await world.TextsAsync("select name || ' ' || deleted from contact"));
    }

    [Fact]
    public async Task A_row_that_is_not_marked_deleted_still_needs_its_fields()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("contact.csv", Gone.Replace("true", "false", StringComparison.Ordinal));

        Assert.Equal(FileOutcome.Loaded, report.Outcome);
        Assert.StartsWith("contact.csv line 2: field occurred_at: is empty;", Assert.Single(report.Problems), StringComparison.Ordinal);
    }
}
