using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Scorecards;

/// <summary>What may stand in a scorecard, and whose is in force on a day.</summary>
public sealed class ScorecardRulesTests
{
    private static readonly Scorecard Good = new()
    {
        Id = "a",
        Version = 1,
        Name = "Ours",
        Team = null,
        Title = null,
        From = new(2026, 1, 1),
        Lines = [new("respond_24h", 60), new("promise_kept", 40)],
        Reason = "To begin with.",
        MadeAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        MadeBy = "ada",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<WeightedMetric[], string> Wrong { get; } = new()
    {
        { [], "expected 1 to 12" },
        { [new("respond_24h", 60), new("promise_kept", 39)], "The weights add up to 99; expected 100." },
        { [new("respond_24h", 50), new("respond_24h", 50)], "stands there twice" },
        { [new("respond_24h", 0), new("promise_kept", 100)], "expected more than 0" },
        { [new("mystery_shop", 100)], "never of one person" },
        { [new("none_such", 100)], "is no metric" },
        { [new(MetricCatalogue.All.First(m => m.Better == Better.Neither).Id, 100)], "neither more nor less" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said(WeightedMetric[] lines, string said) =>
        Assert.Contains(ScorecardRules.Faults(Good with { Lines = lines }, []), fault => fault.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void A_good_one_is_taken_and_a_second_for_the_same_people_is_not()
    {
        Assert.Empty(ScorecardRules.Faults(Good, [Good]));
        Assert.Contains("each is judged by one", Assert.Single(ScorecardRules.Faults(Good with { Id = "b" }, [Good])), StringComparison.Ordinal);
        Assert.Empty(ScorecardRules.Faults(Good with { Id = "b", Team = "hr:T1" }, [Good]));
        Assert.NotEmpty(ScorecardRules.Faults(Good with { Name = "" }, []));
        Assert.NotEmpty(ScorecardRules.Faults(Good with { Reason = "" }, []));
    }

    [Fact]
    public void A_position_comes_before_the_team_and_the_team_before_everybody()
    {
        var shelf = new ScorecardShelf([Good, Good with { Id = "t", Team = "T1", Name = "Team" }, Good with { Id = "r", Title = "Lead", Name = "Leads", From = new(2026, 4, 1) }]);
        Assert.Equal(["Ours", "Team", "Team", "Leads"],
            new[] { shelf.OfPerson(null, "T2", new(2026, 5, 1)), shelf.OfPerson("Clerk", "T1", new(2026, 5, 1)), shelf.OfPerson("Lead", "T1", new(2026, 3, 31)), shelf.OfPerson("Lead", "T1", new(2026, 4, 1)) }.Select(s => s!.Name));
        Assert.Equal(["Team", "Ours"], new[] { shelf.OfTeam("T1", new(2026, 5, 1)), shelf.OfTeam("T2", new(2026, 5, 1)) }.Select(s => s!.Name));
        Assert.Null(shelf.OfTeam("T1", new(2025, 12, 31)));
    }

    [Fact]
    public void The_newest_version_of_the_latest_day_that_has_come_is_in_force()
    {
        var shelf = new ScorecardShelf([Good, Good with { Version = 2, From = new(2026, 7, 1) }, Good with { Version = 3 }, Good with { Version = 4, From = new(2026, 10, 1), Ended = true }]);
        Assert.Equal([3, 2, 2, null], new DateOnly[] { new(2026, 6, 30), new(2026, 7, 1), new(2026, 9, 30), new(2026, 10, 1) }.Select(day => shelf.OfTeam("T", day)?.Version));
    }

    [Fact]
    public async Task Versions_are_added_and_read_back()
    {
        await using var database = await TestDatabase.CreateAsync();
        foreach (var name in new[] { "Ours", "Ours, better" })
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(Ct);
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            Assert.Empty(await ScorecardStore.AddAsync(connection, Good with { Name = name }, Ct));
            Assert.Single(await ScorecardStore.AddAsync(connection, Good with { Name = name, Id = "b" }, Ct));
            // Also not from an earlier day on: both would be in force later.
            Assert.Single(await ScorecardStore.AddAsync(connection, Good with { Name = name, Id = "b", From = Good.From.AddYears(-1) }, Ct));
            await transaction.CommitAsync(Ct);
        }
        var shelf = await ScorecardStore.ReadAsync(database.DataSource, null, Ct);
        Assert.Equal([(2, "Ours, better"), (1, "Ours")], shelf.Versions("a").Select(s => (s.Version, s.Name)));
        Assert.Equal(Good.Lines, shelf.Versions("a")[1].Lines);
        Assert.Empty((await ScorecardStore.ReadAsync(database.DataSource, Good.MadeAt.AddSeconds(-1), Ct)).All);
    }
}
