using System.Diagnostics;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Editions;

/// <summary>A quarter is closed by two people, whole or not at all, and stays as it was closed.</summary>
public sealed class ClosingTests
{
    private const string Quarter = "2026-Q1";

    private static readonly string[] Tables =
        ["edition", "edition_part", "edition_definition", "edition_calendar", "edition_name", "edition_account", "edition_commitment", "edition_measure", "edition_figure"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Period First => Period.QuarterOf(new DateOnly(2026, 1, 1));

    [Fact]
    public async Task The_same_person_cannot_sign_twice_under_any_name()
    {
        await using var world = await GivenAsync();
        await Closed.Desk(world).SignAsync(First, Closed.Ann, null, Closed.Overrides, Ct);
        foreach (var signer in new[] { Closed.Ann, Closed.Ann with { Name = "anna" }, new Signer(Guid.NewGuid(), "ann.private", "hr:Ann") })
            Assert.Contains("another person", (await RefusedAsync(() => Closed.Desk(world).SignSecondAsync(Quarter, signer, Ct))).Message, StringComparison.Ordinal);
        var signed = await Closed.Desk(world).SignSecondAsync(Quarter, Closed.Bob, Ct);
        Assert.Equal(("ann", "bob"), (signed.First.Name, signed.Second!.Name));
    }

    [Fact]
    public async Task What_fails_takes_a_recorded_reason_and_a_quarter_that_runs_cannot_be_closed()
    {
        await using var world = await GivenAsync();
        await world.LoadFileAsync("interaction.csv", "source_key,occurred_at,account,channel,direction,kind\nmail:x,never,crm:A,email,inbound,message\n");
        var refusal = await RefusedAsync(() => Closed.Desk(world).SignAsync(First, Closed.Ann, null, new Dictionary<Check, string>(), Ct));
        Assert.Contains("One record waits", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("goes on until", (await RefusedAsync(() => Closed.Desk(world).SignAsync(Period.QuarterOf(new DateOnly(2026, 8, 1)), Closed.Ann, null, Closed.Overrides, Ct))).Message, StringComparison.Ordinal);
        var edition = await Closed.CloseAsync(world, Quarter, Ct);
        var head = Assert.Single(await world.TextsAsync("select head from edition"));
        Assert.Contains("QuarantineIsEmpty was looked at by hand", head, StringComparison.Ordinal);
        Assert.Equal(EditionSeal.HashOf(head), edition.Hash);
    }

    [Fact]
    public async Task It_is_written_once_and_a_restatement_stands_beside_it_with_its_reason()
    {
        await using var world = await GivenAsync();
        var signed = await Closed.SignAsync(world, Quarter, null, Ct);
        var writer = new EditionWriter(world.Database.DataSource, world.Clock);
        var (one, again) = (await writer.WriteAsync(signed, null, Ct), await writer.WriteAsync(signed, null, Ct));
        Assert.Equal(one.Hash, again.Hash);
        await RefusedAsync(() => Closed.Desk(world).SignAsync(First, Closed.Ann, null, Closed.Overrides, Ct));

        await world.LoadAsync(Given.Inbound("crm:B", "2026-02-03T08:00Z", key: "late"));
        await world.RefreshAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        var restated = await Closed.CloseAsync(world, Quarter, Ct, "A mailbox was forgotten");

        Assert.Equal((2, one.Hash, "A mailbox was forgotten"), (restated.Number, restated.PreviousHash, restated.Reason));
        Assert.Equal(2, await world.CountAsync("select count(*) from edition"));
        Assert.Empty(await EditionCheck.FindAsync(world.Database.DataSource, Ct));
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var value = await reader.CommitmentsAsync(new MetricQuery { Metric = "respond_24h", Period = First, Viewer = Viewer.Everything("test") }, Ct);
        Assert.Equal((2L, restated.CutOff, "2026-Q1, restated (2)"), (value.N, value.AsOf, Assert.Single(value.Edition!.Names)));
    }

    [Fact]
    public async Task Nothing_in_an_edition_can_be_changed_or_removed()
    {
        await using var world = await GivenAsync();
        await Closed.CloseAsync(world, Quarter, Ct);
        foreach (var table in Tables)
            foreach (var statement in new[] { $"update {table} set edition_id = edition_id", $"delete from {table}", $"truncate {table} cascade", $"delete from {table} where edition_id = -1" })
            {
                await using var command = world.Database.DataSource.CreateCommand(statement);
                var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));
                Assert.Contains("An edition never changes", refused.MessageText, StringComparison.Ordinal);
            }
        Assert.Empty(await EditionCheck.FindAsync(world.Database.DataSource, Ct));
    }

    [Fact]
    public async Task Whoever_gets_round_the_guard_is_found_out()
    {
        await using var world = await GivenAsync();
        var edition = await Closed.CloseAsync(world, Quarter, Ct);
        await using var tamper = world.Database.DataSource.CreateCommand(
            "alter table edition_commitment disable trigger all; update edition_commitment set status = 'kept'; alter table edition_commitment enable trigger all");
        await tamper.ExecuteNonQueryAsync(Ct);
        Assert.Equal([$"The commitments of {edition.Name} are not what was sealed."], await EditionCheck.FindAsync(world.Database.DataSource, Ct));
    }

    [Fact]
    public async Task Killed_at_any_moment_there_is_no_edition_or_a_whole_one()
    {
        await using var world = await GivenAsync();
        var facts = new RandomFacts(3);
        for (var i = 0; i < 3; i++) await world.LoadAsync(facts.Next(100));
        await world.RefreshAsync();
        await Closed.SignAsync(world, Quarter, null, Ct);
        var (random, killed) = (new Random(1), 0);
        for (var patience = 900; await world.CountAsync("select count(*) from edition") == 0; patience *= 2)
        {
            using var program = Start(world);
            await Task.WhenAny(program.WaitForExitAsync(Ct), Task.Delay(patience + random.Next(300), Ct));
            if (!program.HasExited) killed++;
            program.Kill();
            await program.WaitForExitAsync(Ct);
            // What was in the middle of a statement ends a moment after its program.
            while (await world.CountAsync("select count(*) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())") > 0) await Task.Delay(20, Ct);
            if (await world.CountAsync("select count(*) from edition") > 0) break;
            foreach (var table in Tables) Assert.Equal(0, await world.CountAsync($"select count(*) from {table}"));
        }
        Assert.InRange(killed, 2, 100);
        Assert.Empty(await EditionCheck.FindAsync(world.Database.DataSource, Ct));
        foreach (var table in Tables.Except(["edition_calendar"])) Assert.NotEqual(0, await world.CountAsync($"select count(*) from {table}"));
    }

    private static Process Start(World world)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Followthrough.Analytics.dll"), "close", Quarter]) { RedirectStandardOutput = true };
        start.Environment[AnalyticsStore.ConnectionVariable] = world.Database.ConnectionString;
        start.Environment[DataFolder.Variable] = Path.Combine(world.Folder, "data");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task<World> GivenAsync()
    {
        var world = await World.CreateAsync();
        await world.LoadAsync(RandomFacts.Beginning);
        await world.LoadAsync(Given.Inbound("crm:A", "2026-02-02T08:00Z", key: "in"));
        await world.RefreshAsync();
        return world;
    }

    private static Task<ClosingException> RefusedAsync(Func<Task> act) => Assert.ThrowsAsync<ClosingException>(act);
}
