using System.Text.Json;
using FactTable = Followthrough.Analytics.Facts.FactTable;

namespace Followthrough.Tests.Analytics.Demo;

public sealed class DemoSizeTests(FullDemo full) : IClassFixture<FullDemo>
{
    private readonly JsonElement _truth = full.Files.Truth();

    [Fact]
    public void The_company_has_the_promised_size()
    {
        var rows = full.Files.Summary.Rows;
        Assert.InRange(rows["staff"], 57, 66);
        Assert.Equal(8, rows["team"]);
        Assert.InRange(rows["account"], 900, 945);
        Assert.InRange(rows["project"], 2_300, 2_700);
        Assert.InRange(rows["interaction"], 190_000, 210_000);
        Assert.InRange(rows["invoice"], 19_000, 21_000);
        Assert.All(FactTable.All, table => Assert.True(rows[table.Name] > 0, $"{table} is empty."));
    }

    [Fact]
    public void The_bad_team_leaves_a_fifth_unanswered_and_the_others_do_their_work()
    {
        foreach (var team in _truth.GetProperty("teams").EnumerateArray())
        {
            var neverAnswered = team.GetProperty("never_answered").GetDouble() / team.GetProperty("matured").GetDouble();
            var bad = team.GetProperty("team").GetString() == "hr:T-8";
            Assert.InRange(neverAnswered, bad ? 0.18 : 0, bad ? 0.22 : 0.035);
            Assert.InRange(team.GetProperty("within_24h").GetDouble(), bad ? 0.6 : 0.83, bad ? 0.75 : 0.97);
        }
    }

    [Fact]
    public void Some_customers_are_waiting_and_some_have_waited_too_long()
    {
        // The anchor is a Sunday, so even a weekend's evening has somebody waiting.
        var end = new DateTimeOffset(DemoFiles.Anchor, TimeOnly.MinValue, TimeSpan.Zero);
        var ages = _truth.GetProperty("obligations").EnumerateArray()
            .Where(o => o[4].ValueKind == JsonValueKind.Null && !o[5].GetBoolean())
            .Select(o => (end - o[3].GetDateTimeOffset()).TotalHours).ToArray();
        Assert.InRange(ages.Count(age => age <= 24), 4, 40);
        Assert.Contains(ages, age => age is > 12 and <= 24);
        Assert.InRange(ages.Count(age => age is > 24 and < 24 * 7), 3, 60);
    }

    [Fact]
    public void Most_customers_answered_slowly_go_and_most_others_stay()
    {
        var planted = _truth.GetProperty("planted");
        var slow = planted.GetProperty("slowly_answered").EnumerateArray().ToArray();
        Assert.InRange(slow.Length, 50, 110);
        Assert.InRange(slow.Count(c => c.GetProperty("driven_away").GetBoolean()) / (double)slow.Length, 0.65, 0.95);
        Assert.InRange(planted.GetProperty("stopped_for_other_reasons").GetArrayLength() / (900.0 - slow.Length), 0.05, 0.15);
    }
}
