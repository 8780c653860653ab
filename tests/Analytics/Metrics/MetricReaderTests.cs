using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class MetricReaderTests : IAsyncLifetime
{
    private static readonly Viewer Everything = Viewer.Everything("test");
    private World _world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MetricReader Reader { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.CreateAsync();
        Reader = new MetricReader(_world.Database.DataSource, _world.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task The_unanswered_count_as_missed_where_an_answered_only_report_says_86_percent()
    {
        // Ten customers ask at midnight; seven are answered after these hours, three never, seen 30, 48 and 72 hours later.
        double[] hours = [1, 2, 3, 5, 8, 20, 26];
        var now = Given.At("2026-03-04T00:00Z");
        var opened = now.AddHours(-72);
        _world.Clock.Now = now;
        await LoadAsync([.. hours.SelectMany((h, i) => Answered($"crm:{i}", opened, h)),
            .. new[] { 30, 48, 72 }.SelectMany((h, i) => Asked($"crm:never{i}", now.AddHours(-h)))]);

        var value = await Reader.CommitmentsAsync(Query(), Ct);

        Assert.Equal((0.6, 10, 6, 4, 0, 3), (value.Value!.Value, value.N, value.Kept, value.Missed, value.Pending, value.NeverAnswered));
        Assert.Equal(8, value.MedianHours!.Value, 6);
        Assert.Equal(6.0 / 7, value.AnsweredOnly.Value!.Value, 6);
        Assert.Equal(5, value.AnsweredOnlyMedianHours!.Value, 6);
        Assert.Equal(Wilson.Of(6, 10), value.Interval);
    }

    [Fact]
    public async Task An_open_one_is_pending_until_its_deadline_and_missed_after_it()
    {
        await LoadAsync(Asked("crm:A", Given.At("2026-03-02T10:00Z")));
        _world.Clock.Now = Given.At("2026-03-03T10:00Z");
        var onTheDeadline = await Reader.CommitmentsAsync(Query(), Ct);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await Reader.CommitmentsAsync(Query(), Ct);

        Assert.Equal((null, "nothing is due yet: all 1 are pending", 1L), (onTheDeadline.Value, onTheDeadline.Reason, onTheDeadline.Pending));
        Assert.Equal((0.0, 1L, 1L), (after.Value!.Value, after.Missed, after.NeverAnswered));
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(24.001, 0)]
    public async Task An_answer_on_the_deadline_itself_is_kept(double hours, long kept)
    {
        await LoadAsync(Answered("crm:A", Given.At("2026-03-02T10:00Z"), hours));
        Assert.Equal((kept, 1), ((await Reader.CommitmentsAsync(Query(), Ct)).Kept, (await Reader.CommitmentsAsync(Query(), Ct)).N));
    }

    [Fact]
    public async Task Nothing_is_null_with_its_reason_and_never_zero()
    {
        var value = await Reader.CommitmentsAsync(Query(), Ct);
        Assert.Equal((null, "no customer turned to us in this period and selection"), (value.Value, value.Reason));
        Assert.Null(value.Interval);
        Assert.Null(value.MedianHours);
    }

    [Fact]
    public async Task Excused_ones_are_in_no_rate_and_counted_by_reason()
    {
        await LoadAsync([.. Asked("crm:A", Given.At("2026-03-02T10:00Z"), "q1"), .. Answered("crm:B", Given.At("2026-03-02T10:00Z"), 1),
            Given.Disposition("crm:A", "q1", "2026-03-02T12:00Z", "hr:Ann", "thanks, bye")]);
        var value = await Reader.CommitmentsAsync(Query(), Ct);
        Assert.Equal((1.0, 1L), (value.Value!.Value, value.N));
        Assert.Equal(1, value.Excluded["thanks, bye"]);
    }

    [Fact]
    public async Task A_commitment_counts_in_the_period_it_was_opened_in_by_the_reporting_zone()
    {
        await Company.WriteAsync(_world.Database.DataSource, "Test", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), Ct);
        await LoadAsync(Answered("crm:A", Given.At("2026-04-01T03:59:59Z"), 48));
        Assert.True(Period.TryParse("2026-Q1", out var quarter));
        Assert.True(Period.TryParse("2026-Q2", out var next));
        Assert.Equal(1, (await Reader.CommitmentsAsync(Query() with { Period = quarter }, Ct)).Missed);
        Assert.Equal(0, (await Reader.CommitmentsAsync(Query() with { Period = next }, Ct)).N);
    }

    [Theory]
    [InlineData(Dimension.Team)]
    [InlineData(Dimension.Staff)]
    [InlineData(Dimension.Account)]
    [InlineData(Dimension.Region)]
    [InlineData(Dimension.Channel)]
    [InlineData(Dimension.Month)]
    public async Task Groups_add_up_to_the_whole_and_rows_to_the_figure(Dimension by)
    {
        await LoadManyAsync();
        var whole = await Reader.CommitmentsAsync(Query(), Ct);
        var groups = await Reader.CommitmentGroupsAsync(Query(), by, Ct);
        Assert.True(groups.Count > 1);
        Assert.Equal((whole.Kept, whole.Missed, whole.Pending), (groups.Sum(g => g.Value.Kept), groups.Sum(g => g.Value.Missed), groups.Sum(g => g.Value.Pending)));

        var rows = await Reader.RowsAsync(Query(), CommitmentSort.OpenedAt, descending: false, 0, 1000, Ct);
        Assert.Equal(whole.Kept, rows.Rows.Count(r => r.Status == CommitmentStatus.Kept));
        Assert.Equal(whole.Missed, rows.Rows.Count(r => r.Status == CommitmentStatus.Missed));
        Assert.Equal(rows.Rows.Count, rows.Total);
    }

    [Fact]
    public async Task Rows_of_a_status_are_as_many_as_the_figure_says_and_every_sort_shows_the_same_ones()
    {
        await LoadManyAsync();
        var missed = (await Reader.CommitmentsAsync(Query(), Ct)).Missed;
        foreach (var sort in Enum.GetValues<CommitmentSort>())
        {
            var page = await Reader.RowsAsync(Query() with { Status = CommitmentStatus.Missed }, sort, descending: true, 0, 1000, Ct);
            Assert.Equal((missed, missed), (page.Total, page.Rows.Count));
        }
        var streamed = new List<CommitmentRow>();
        await Reader.UseRowsAsync(Query() with { Status = CommitmentStatus.Missed }, CommitmentSort.DueAt, false, async all =>
        {
            await foreach (var row in all.Rows) streamed.Add(row);
            Assert.Equal(all.Total, streamed.Count);
        }, Ct);
        Assert.Equal(missed, streamed.Count);
    }

    [Fact]
    public async Task A_viewer_sees_only_the_own_scope_on_every_question()
    {
        await LoadManyAsync();
        var north = new Viewer("manager", ["t:North"], null);
        var ann = new Viewer("ann", null, "hr:Ann");
        foreach (var viewer in new[] { north, ann })
        {
            var query = Query() with { Viewer = viewer };
            Assert.All(await Reader.CommitmentGroupsAsync(query, Dimension.Team, Ct), g => Assert.Equal("t:North", g.Key));
            Assert.All((await Reader.RowsAsync(query, CommitmentSort.Team, false, 0, 1000, Ct)).Rows, r => Assert.Equal("t:North", r.Team));
            Assert.True((await Reader.CommitmentsAsync(query, Ct)).N < (await Reader.CommitmentsAsync(Query(), Ct)).N);
            Assert.Equal(0, (await Reader.CommitmentsAsync(query with { Team = "t:South" }, Ct)).N);
        }
        var foreign = (await Reader.RowsAsync(Query() with { Team = "t:South" }, CommitmentSort.DueAt, false, 0, 1, Ct)).Rows[0];
        Assert.NotNull(await Reader.FindAsync(Everything, foreign.Kind, foreign.Account, foreign.CommitmentKey, Ct));
        Assert.Null(await Reader.FindAsync(north, foreign.Kind, foreign.Account, foreign.CommitmentKey, Ct));
    }

    [Fact]
    public async Task As_known_then_leaves_out_what_was_learned_later_and_brings_back_what_was_replaced()
    {
        _world.Clock.Now = Given.At("2026-03-03T00:00Z");
        await LoadAsync(Asked("crm:A", Given.At("2026-03-01T10:00Z"), "q1"));
        _world.Clock.Now = Given.At("2026-03-05T00:00Z");
        // The answer had been given in time but was entered late; and the question turns out to have come an hour earlier.
        await LoadAsync([Given.Inbound("crm:A", "2026-03-01T09:00Z", "crm:A/p", key: "q1"), Given.Outbound("crm:A", "2026-03-01T12:00Z", "crm:A/p", key: "a1")]);

        var then = await Reader.CommitmentsAsync(Query() with { AsOf = Given.At("2026-03-04T00:00Z") }, Ct);
        var early = await Reader.CommitmentsAsync(Query() with { AsOf = Given.At("2026-03-02T00:00Z") }, Ct);
        var now = await Reader.CommitmentsAsync(Query(), Ct);
        var row = (await Reader.RowsAsync(Query() with { AsOf = Given.At("2026-03-04T00:00Z") }, CommitmentSort.DueAt, false, 0, 1, Ct)).Rows[0];

        Assert.Equal((0.0, 1L), (then.Value!.Value, then.NeverAnswered));
        Assert.Equal(Given.At("2026-03-01T10:00Z"), row.OpenedAt);
        Assert.Equal((null, "no customer turned to us in this period and selection, as far as was known then"), (early.Value, early.Reason));
        Assert.Equal((1.0, 1L), (now.Value!.Value, now.Kept));
    }

    [Fact]
    public async Task Waiting_are_those_not_yet_answered_with_the_most_urgent_that_can_still_be_kept_first()
    {
        _world.Clock.Now = Given.At("2026-03-03T00:00Z");
        await LoadAsync([.. Asked("crm:late", Given.At("2026-03-01T10:00Z")), .. Asked("crm:soon", Given.At("2026-03-02T01:00Z")),
            .. Asked("crm:later", Given.At("2026-03-02T20:00Z")), .. Answered("crm:done", Given.At("2026-03-02T10:00Z"), 1)]);
        var waiting = await Reader.WaitingAsync(Query(), 10, Ct);
        Assert.Equal(3, waiting.Total);
        Assert.Equal(["crm:soon", "crm:later", "crm:late"], waiting.Rows.Select(r => r.Account));
    }

    [Fact]
    public async Task A_row_says_what_it_is_about()
    {
        const string a = "crm:A", at = "2026-03-02T10:00Z";
        await LoadAsync(
            Given.Account(a), GivenWork.Project(a, "pm:P"), GivenMoney.BillingEvent(a, "B1", at), GivenWork.Milestone(a, "M1"),
            GivenWork.Baseline(a, "M1", 0, at, "2026-03-16"), GivenWork.Promise(a, "V1", at, "2026-03-06T15:00Z"), GivenWork.Issue(a, "S1", at),
            GivenWork.Request(a, "R1", at) with { DealKey = "D1" }, new Deal { SourceKey = "D1", Account = a, OccurredAt = Given.At(at), Name = "Deal D1" },
            Given.Inbound(a, at, key: "q1") with { Subject = "Question" });
        (string Metric, string Subject)[] expected =
        [
            ("respond_24h", "Question"), ("acknowledge_issue", "Issue S1"), ("resolve_issue", "Issue S1"), ("promise_kept", "Promise V1"),
            ("proposal_14d", "Deal D1"), ("deliver_b0", "Milestone M1"), ("deliver_current", "Milestone M1"), ("invoice_14d", "Project pm:P"),
        ];
        foreach (var (metric, subject) in expected)
        {
            var page = await Reader.RowsAsync(Query() with { Metric = metric }, CommitmentSort.DueAt, descending: false, 0, 10, Ct);
            Assert.Equal(subject, Assert.Single(page.Rows).Subject);
        }
    }

    private static MetricQuery Query() => new() { Metric = "respond_24h", Viewer = Everything };

    private async Task LoadAsync(params Fact[] facts)
    {
        await _world.LoadAsync(facts);
        await _world.RefreshAsync();
    }

    private async Task LoadManyAsync()
    {
        var random = new Random(7);
        Fact[] people =
        [
            Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Team("t:North"), Given.Team("t:South"),
            Given.Membership("hr:Ann", "t:North"), Given.Membership("hr:Bob", "t:South"),
        ];
        var accounts = Enumerable.Range(1, 30).SelectMany(i => new Fact[]
        {
            Given.Assignment($"crm:{i}", i % 3 == 0 ? "hr:Bob" : "hr:Ann"),
        }.Concat(random.Next(4) == 0
            ? Asked($"crm:{i}", Given.At("2026-01-15T00:00Z").AddDays(3 * i), region: $"region {i % 2}")
            : Answered($"crm:{i}", Given.At("2026-01-15T00:00Z").AddDays(3 * i), random.Next(1, 60), region: $"region {i % 2}")));
        await LoadAsync([.. people, .. accounts]);
    }

    private static Fact[] Asked(string account, DateTimeOffset at, string? key = null, string? region = null) =>
    [
        Given.Account(account, region: region),
        Given.Interaction(account, at.ToString("O"), channel: at.Day % 2 == 0 ? Channel.Email : Channel.Chat, contact: $"{account}/p", key: key),
    ];

    private static Fact[] Answered(string account, DateTimeOffset at, double hours, string? region = null) =>
        [.. Asked(account, at, region: region), Given.Outbound(account, at.AddHours(hours).ToString("O"), $"{account}/p")];
}
