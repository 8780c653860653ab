using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Slots that begin with time alone. The clock stands on Monday 1 June 2026.</summary>
public sealed class SlotHorizonTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.CreateAsync();
        await _world.LoadAsync(
            Given.Account("crm:A"), Given.Account("crm:quiet"), GivenProject.Project("crm:A", "P", "2026-05-26T08:00Z"),
            GivenProject.Project("crm:quiet", "Q", "2026-01-05T08:00Z", accepted: "2026-01-06T08:00Z"));
        await _world.RefreshAsync();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_slot_is_there_from_the_day_it_begins_without_new_facts()
    {
        Assert.Equal(["P/2026-W22", "P/2026-W23"], await WeeksAsync());
        _world.Clock.Now = Given.At("2026-06-07T23:59Z");
        await _world.RefreshAsync();
        _world.Clock.Now = Given.At("2026-06-08T00:00Z");
        var change = await _world.RefreshAsync();
        Assert.Equal(["P/2026-W22", "P/2026-W23", "P/2026-W24"], await WeeksAsync());
        Assert.Equal(1, change.Accounts);
        var rebuilt = await _world.RebuildAsync();
        Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Removed));
    }

    [Fact]
    public async Task Within_a_day_time_alone_marks_nothing_and_a_clock_that_went_back_removes_nothing()
    {
        _world.Clock.Now = Given.At("2026-06-08T09:00Z");
        await _world.RefreshAsync();
        _world.Clock.Advance(TimeSpan.FromHours(14));
        Assert.Equal(0, (await _world.RefreshAsync()).Accounts);
        _world.Clock.Now = Given.At("2026-06-02T09:00Z");
        await _world.RebuildAsync();
        Assert.Equal(3, (await WeeksAsync()).Count);
    }

    [Fact]
    public async Task A_new_quarter_reaches_accounts_that_have_nothing_but_their_past()
    {
        await _world.LoadAsync(new SalesOrder
        {
            SourceKey = "O",
            Account = "crm:quiet",
            OccurredAt = Given.At("2026-01-02T08:00Z"),
            Amount = 1,
            Currency = "EUR",
        });
        await _world.RefreshAsync();
        _world.Clock.Now = Given.At("2026-07-01T00:00Z");
        await _world.RefreshAsync();
        Assert.Equal(["crm:quiet/2026-Q2", "crm:quiet/2026-Q3"],
            await _world.TextsAsync("select commitment_key from commitment where kind = 'check_in' and commitment_key like 'crm:quiet%' order by 1"));
    }

    [Theory]
    [InlineData("2026-05-31T23:59Z", 1)]
    [InlineData("2026-06-01T00:00Z", 2)]
    public async Task A_question_as_of_a_moment_sees_the_slots_that_had_begun(string at, int weeks)
    {
        // What was known then is asked, so the facts have to have been known then.
        await using var command = _world.Database.DataSource.CreateCommand("update project set known_at = occurred_at; update account set known_at = occurred_at");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var query = new MetricQuery { Metric = "status_report", AsOf = Given.At(at), Viewer = Viewer.Everything("test"), Account = "crm:A" };
        var page = await new MetricReader(_world.Database.DataSource, _world.Clock)
            .RowsAsync(query, CommitmentSort.OpenedAt, descending: false, 0, 100, TestContext.Current.CancellationToken);
        Assert.Equal(weeks, page.Total);
    }

    private Task<IReadOnlyList<string>> WeeksAsync() =>
        _world.TextsAsync("select commitment_key from commitment where kind = 'status_report' and commitment_key like 'P/%' order by 1");
}
