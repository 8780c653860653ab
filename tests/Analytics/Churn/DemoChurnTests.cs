using System.Text.Json;
using System.Text.Json.Serialization;
using Followthrough.Analytics.Churn;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>The whole way on the demo company: what was planted in it is found, and nothing else is claimed.</summary>
public sealed class DemoChurnTests(DemoChurn demo) : IClassFixture<DemoChurn>
{
    private static readonly JsonSerializerOptions WithUnknowns = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slow_answers_are_among_the_first_reasons_of_the_accounts_they_were_planted_in()
    {
        XgboostRequired.OrSkip();
        var table = (await demo.ReadyAsync()).Data.Table;
        var newest = table.Where(row => table.Cuts[row] == table.Cuts.Max());
        var (cut, slowFrom) = (demo.Data.Plan.Cuts[^1], demo.SlowFrom());
        using var model = await demo.LoadAsync(ModelKind.XGBoost);
        var reasons = new Reasons(model, newest.Features);
        var (planted, others) = (new List<bool>(), new List<bool>());
        for (var row = 0; row < newest.Rows; row++)
        {
            // Slow for at least a month, with somebody waiting: who stopped asking cannot be answered slowly.
            var isSlow = slowFrom.TryGetValue(newest.Features.Customers[row], out var from) && from < cut.AddDays(-30);
            if (isSlow && float.IsNaN(newest.Features.Column("late_answer_share")!.Numbers![row])) continue;
            (isSlow ? planted : others).Add(reasons.Of(row).Where(r => r.Weight > 0).Take(3).Any(r => r.Group == "answers"));
        }
        var found = $"{planted.Count(x => x)} of {planted.Count} planted, {others.Count(x => x)} of {others.Count} others";
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        Assert.True(planted.Count >= 25, found);
        // Some were slow for a month of the half-year that counts; what nobody planted is hardly ever named.
        Assert.True(planted.Count(x => x) >= 0.55 * planted.Count, found);
        Assert.True(others.Count(x => x) <= 0.1 * others.Count, found);
    }

    [Fact]
    public async Task Every_customer_who_can_leave_has_a_probability_what_is_at_stake_and_reasons()
    {
        var world = (await demo.ReadyAsync()).World;
        var scorer = new ChurnScorer(world.Database.DataSource, world.Clock);
        var (begun, scores) = (world.Clock.Now, new ChurnScores(world.Database.DataSource));
        var scoring = await scorer.ScoreAsync(Ct);
        var risks = await scores.AccountsAsync(scoring.Id, null, null, Ct);
        Assert.Equal(scoring.Accounts, risks.Count);
        Assert.True(risks.Count > 600);
        Assert.Equal(risks.Count, risks.Select(r => r.AccountId).Distinct().Count());
        Assert.Equal((await demo.Registry.ChampionAsync(ChurnTraining.Accounts, Ct))!.Figures.BeatsRecency ? ListBasis.Model : ListBasis.Recency, scoring.Basis);
        Assert.All(risks.Where(r => r.ExpectedRevenue is not null), r => Assert.Equal((double)r.ExpectedRevenue!.Value * r.Probability, (double)r.AtStake!.Value, 0.0051));
        Assert.True(risks.Count(r => r.AtStake > 0) > 0.9 * risks.Count);
        Assert.Equal(risks.OrderByDescending(r => r.AtStake ?? -1).Select(r => r.AtStake), risks.Select(r => r.AtStake));
        Assert.Equal(risks.Count * (risks.Count + 1) / 2.0, risks.Sum(r => r.RiskRank), 1e-6);
        Assert.All(risks, r => Assert.Equal(r.Reasons.OrderByDescending(x => Math.Abs(x.Weight)), r.Reasons));
        Assert.True(risks.Count(r => r.Reasons.Count > 0) > 0.9 * risks.Count);
        Assert.Contains(risks.SelectMany(r => r.Reasons), r => r.Text.StartsWith("Answers: ", StringComparison.Ordinal) && r.Text.Contains(", usually ", StringComparison.Ordinal));
        Assert.All(risks, r => Assert.Null(r.ChangeSinceWeek));

        world.Clock.Now = begun.AddDays(7);
        var next = await scorer.ScoreAsync(Ct);
        var was = risks.ToDictionary(r => r.AccountId, r => r.Probability);
        var later = await scores.AccountsAsync(next.Id, null, null, Ct);
        Assert.All(later.Where(r => was.ContainsKey(r.AccountId)), r => Assert.Equal(r.Probability - was[r.AccountId], r.ChangeSinceWeek!.Value, 1e-12));
        Assert.Contains(later, r => r.ChangeSinceWeek != 0);
        world.Clock.Now = begun;
    }

    [Fact]
    public async Task Trees_without_their_library_let_the_regression_of_the_same_training_speak()
    {
        XgboostRequired.OrSkip();
        var world = (await demo.ReadyAsync()).World;
        var champion = (await demo.Registry.ChampionAsync(ChurnTraining.Accounts, Ct))!;
        var scoring = await new ChurnScorer(world.Database.DataSource, world.Clock) { WithTrees = false }.ScoreAsync(Ct);
        Assert.Equal(demo.Trained.Models[ModelKind.Logistic], scoring.ModelId);
        if (champion.Kind == ModelKind.XGBoost) Assert.StartsWith("XGBoost's library is not on this machine", scoring.BasisReason, StringComparison.Ordinal);
    }

    // The same table makes the same models byte by byte, as the registry's tests show of a smaller one.
    [Fact]
    public async Task The_same_cut_off_gives_the_same_table_to_learn_from_whatever_was_learned_since()
    {
        var world = (await demo.ReadyAsync()).World;
        var cutOff = world.Clock.Now;
        world.Clock.Now = cutOff.AddDays(1);
        var account = (await world.TextsAsync("select source_key from account order by source_key limit 1"))[0];
        await world.LoadAsync(GivenSales.Order(account, "erp:learned-late", "2025-08-20T10:00Z"), Given.Inbound(account, "2025-03-01T10:00Z"));
        var again = await ChurnData.BuildAsync(world.Database.DataSource, cutOff, new LabelRequest(), null, Ct);
        world.Clock.Now = cutOff;
        Assert.True(Text(demo.Data) == Text(again), "What was learned later is in the table.");
    }

    [Fact]
    public async Task Reasons_are_much_the_same_under_another_seed()
    {
        XgboostRequired.OrSkip();
        var table = (await demo.ReadyAsync()).Data.Table;
        var newest = table.Where(row => table.Cuts[row] == table.Cuts.Max());
        using var one = new ModelFitter(1).Trees(table, [TreeSettings.Choices[1]]);
        using var other = new ModelFitter(2).Trees(table, [TreeSettings.Choices[1]]);
        var (first, second) = (new Reasons(one, newest.Features), new Reasons(other, newest.Features));
        var same = Enumerable.Range(0, newest.Rows).Count(row => first.Of(row) is not [var strongest, ..] || second.Of(row).Take(2).Any(r => r.Group == strongest.Group));
        Assert.True(same >= 0.85 * newest.Rows, $"{same} of {newest.Rows}");
    }

    [Fact]
    public async Task What_the_models_are_worth_is_more_than_chance_and_less_than_a_leak()
    {
        foreach (var id in (await demo.ReadyAsync()).Trained.Models.Values)
        {
            var model = (await demo.Registry.FindAsync(id, Ct))!;
            Assert.Equal(3, model.Figures.Folds.Count);
            if (model.Kind == ModelKind.Recency) continue;
            Assert.True(model.Figures.RocAuc!.Interval!.Low > 0.58, $"{model.Kind} {model.Figures.RocAuc}");
            Assert.True(model.Figures.RocAuc.Value < 0.85, $"{model.Kind} {model.Figures.RocAuc}");
            Assert.True(model.Figures.CalibrationError!.Value < 0.08, $"{model.Kind} {model.Figures.CalibrationError}");
            Assert.InRange(model.Figures.DisjointRocAuc!.Value, 0.55, 0.85);
        }
    }

    private static string Text(ChurnData data) => JsonSerializer.Serialize(data.Table, WithUnknowns);
}
