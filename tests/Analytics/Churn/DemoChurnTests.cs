using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>The whole way on the demo company: what was planted in it is found, and nothing else is claimed.</summary>
public sealed class DemoChurnTests(DemoChurn demo) : IClassFixture<DemoChurn>
{
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
        Assert.True(planted.Count(x => x) >= 0.75 * planted.Count, found);
        Assert.True(others.Count(x => x) <= 0.15 * others.Count, found);
    }
}
