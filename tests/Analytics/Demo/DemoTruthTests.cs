using System.Text.Json;

namespace Followthrough.Tests.Analytics.Demo;

public sealed class DemoTruthTests(SmallDemo small) : IClassFixture<SmallDemo>
{
    private DemoFiles Demo => small.Files;

    [Fact]
    public void Met_missed_pending_and_excused_make_up_all_obligations()
    {
        var truth = Demo.Truth();
        var listed = truth.GetProperty("obligations").EnumerateArray().ToLookup(o => o[2].GetString());
        foreach (var team in truth.GetProperty("teams").EnumerateArray())
        {
            var parts = Count(team, "met") + Count(team, "missed") + Count(team, "pending") + Count(team, "excused");
            Assert.Equal(listed[team.GetProperty("team").GetString()].Count(), parts);
            Assert.Equal(Count(team, "matured"), Count(team, "met") + Count(team, "missed"));
            Assert.True(Count(team, "never_answered") <= Count(team, "missed"));
        }

        Assert.Equal(listed.Sum(team => team.Count()), Count(truth.GetProperty("totals"), "obligations"));
    }

    [Fact]
    public void The_counts_of_a_team_follow_from_its_list()
    {
        var truth = Demo.Truth();
        var end = new DateTimeOffset(DemoFiles.Anchor, TimeOnly.MinValue, TimeSpan.Zero);
        var late = truth.GetProperty("obligations").EnumerateArray().Where(o => !o[5].GetBoolean()).Count(o =>
            o[4].ValueKind == JsonValueKind.Null
                ? end > o[3].GetDateTimeOffset().AddHours(24)
                : o[4].GetDateTimeOffset() > o[3].GetDateTimeOffset().AddHours(24));
        Assert.Equal(late, Count(truth.GetProperty("totals"), "missed"));
    }

    [Fact]
    public void Who_reads_only_the_rows_finds_the_same_obligations()
    {
        var read = RespondByHand.Read(Demo.Rows("interaction")).ToHashSet();
        var listed = Demo.Truth().GetProperty("obligations").EnumerateArray()
            .Select(o => (o[0].GetString()!, o[1].GetString()!, o[4].GetString())).ToArray();
        Assert.NotEmpty(listed);
        Assert.Equal(listed.Length, read.Count);
        // Where two colleagues share two threads, an answer may be read as meant for one or for both.
        Assert.True(listed.Count(read.Contains) >= listed.Length * 0.998);
    }

    [Fact]
    public void Excused_obligations_are_the_ones_with_a_disposition()
    {
        var decided = Demo.Rows("disposition").Select(r => r["subject_key"]).Order(StringComparer.Ordinal);
        var excused = Demo.Truth().GetProperty("obligations").EnumerateArray()
            .Where(o => o[5].GetBoolean()).Select(o => o[1].GetString()!).Order(StringComparer.Ordinal);
        Assert.Equal(decided, excused);
    }

    [Fact]
    public void The_late_region_takes_two_months_to_invoice()
    {
        var late = Demo.Truth().GetProperty("planted").GetProperty("late_invoices");
        Assert.InRange(late.GetProperty("median_days").GetDouble(), 55, 65);
        Assert.InRange(late.GetProperty("median_days_elsewhere").GetDouble(), 4, 10);
    }

    [Fact]
    public void One_team_moves_its_dates_mostly_before_they_have_passed()
    {
        var due = Demo.Rows("milestone_baseline").Where(r => r["version"] == "0").ToDictionary(r => r["milestone_key"], r => r["due_on"]);
        var afterDue = Demo.Rows("milestone_baseline").Where(r => r["version"] == "1")
            .Where(r => string.CompareOrdinal(r["occurred_at"][..10], due[r["milestone_key"]]) > 0).Select(r => r["milestone_key"]).ToHashSet();
        var teamOfProject = Demo.Rows("project").ToDictionary(r => r["source_key"], r => r["team_key"]);
        var counted = Demo.Rows("milestone").Where(r => afterDue.Contains(r["source_key"])).CountBy(r => teamOfProject[r["project_key"]]).ToDictionary();
        foreach (var team in Demo.Truth().GetProperty("planted").GetProperty("rebaselining").GetProperty("teams").EnumerateArray())
            Assert.Equal(Count(team, "after_due"), counted.GetValueOrDefault(team.GetProperty("team").GetString()!));
        var moved = Demo.Rows("milestone_baseline").Count(r => r["version"] == "1" && !afterDue.Contains(r["milestone_key"]));
        Assert.InRange(counted["hr:T-6"], 1, moved / 5);
    }

    [Fact]
    public void Costs_of_accepted_projects_are_those_of_their_entries_and_some_overran()
    {
        var spent = Demo.Rows("cost_entry").GroupBy(r => r["project_key"]).ToDictionary(g => g.Key, g => g.Sum(r => Number(r["amount"])));
        var accepted = Demo.Rows("project").Where(r => r["budget_cost"] != "" && r["accepted_at"] != "").ToArray();
        var costs = Demo.Truth().GetProperty("planted").GetProperty("costs");
        Assert.Equal(accepted.Length, Count(costs, "accepted_with_budget"));
        var over = accepted.Count(p => spent[p["source_key"]] > Number(p["budget_cost"]));
        Assert.Equal(over, Count(costs, "over_budget"));
        Assert.InRange(over, accepted.Length * 0.15, accepted.Length * 0.5);
    }

    [Fact]
    public void First_baselines_of_a_project_add_up_to_its_budget()
    {
        var projectOf = Demo.Rows("milestone").ToDictionary(r => r["source_key"], r => r["project_key"]);
        var planned = Demo.Rows("milestone_baseline").Where(r => r["version"] == "0")
            .GroupBy(r => projectOf[r["milestone_key"]]).ToDictionary(g => g.Key, g => g.Sum(r => Number(r["planned_cost"])));
        var budgets = Demo.Rows("project").Where(r => r["budget_cost"] != "").ToDictionary(r => r["source_key"], r => Number(r["budget_cost"]));
        Assert.NotEmpty(budgets);
        Assert.Equal(budgets, planned);
    }

    [Fact]
    public void A_duplicate_customer_is_invoiced_under_its_second_account()
    {
        var names = Demo.Rows("account").ToDictionary(r => r["account"], r => r["name"]);
        var invoiced = Demo.Rows("invoice").Select(r => r["account"]).ToHashSet();
        var pairs = Demo.Truth().GetProperty("planted").GetProperty("duplicates").EnumerateArray()
            .Select(p => (Crm: p[0].GetString()!, Erp: p[1].GetString()!)).ToArray();
        Assert.NotEmpty(pairs);
        Assert.Equal(pairs.Length, names.Keys.Count(key => key.StartsWith("erp:", StringComparison.Ordinal)));
        Assert.All(pairs, pair => Assert.DoesNotContain(pair.Crm, invoiced));
        Assert.All(pairs, pair => Assert.NotEqual(names[pair.Crm], names[pair.Erp]));
    }

    [Fact]
    public void Customers_driven_away_order_nothing_half_a_year_later()
    {
        var lastOrder = Demo.Rows("sales_order").Where(r => r["revenue_class"] != "renewal")
            .GroupBy(r => r["account"]).ToDictionary(g => g.Key, g => g.Max(r => r["occurred_at"]));
        var gone = Demo.Truth().GetProperty("planted").GetProperty("slowly_answered").EnumerateArray()
            .Where(c => c.GetProperty("driven_away").GetBoolean()).ToArray();
        Assert.NotEmpty(gone);
        Assert.All(gone, c =>
        {
            var last = lastOrder.GetValueOrDefault(c.GetProperty("account").GetString()!);
            Assert.Equal(c.GetProperty("last_order").GetString(), last);
            if (last is not null) Assert.True(c.GetProperty("last_order").GetDateTimeOffset() < c.GetProperty("slow_from").GetDateTimeOffset().AddDays(171));
        });
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static long Count(JsonElement counts, string name) => counts.GetProperty(name).GetInt64();
}
