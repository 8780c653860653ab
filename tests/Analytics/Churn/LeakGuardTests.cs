using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Every way in which a column can know the outcome is planted, found, and not seen where there is none.</summary>
public sealed class LeakGuardTests
{
    private static readonly LabelledTable Clean = Customers.Table();

    [Fact]
    public void Nothing_is_found_in_clean_rows() => Assert.Empty(LeakGuard.Check(Clean));

    [Fact]
    public async Task Nothing_is_found_in_public_rows() => Assert.Empty(LeakGuard.Check(await Telco.ReadAsync()));

    [Fact]
    public void A_sum_over_the_future_is_found()
    {
        // Orders after the date: none of those who left, a few of most of the others.
        var random = new Random(1);
        Found("orders", Numbers(i => Clean.Left[i] ? 0 : random.Next(0, 12)));
    }

    [Fact]
    public void A_ticket_that_only_leavers_open_is_found()
    {
        var random = new Random(2);
        Found("cancel_ticket", Numbers(i => Clean.Left[i] && random.Next(3) == 0 ? 1 : 0));
    }

    [Fact]
    public void A_word_that_only_leavers_have_is_found()
    {
        var random = new Random(2);
        Assert.Equal("state", Assert.Single(LeakGuard.Check(Clean.With(new TableColumn("state", null,
            [.. Clean.Left.Select(left => left && random.Next(3) == 0 ? "archived" : "normal")])))).Column);
    }

    [Fact]
    public void The_outcome_s_own_mean_by_a_category_is_found()
    {
        var managers = Enumerable.Range(0, Clean.Rows).GroupBy(i => i % 40).ToDictionary(g => g.Key, g => (float)g.Average(i => Clean.Left[i] ? 1.0 : 0));
        Found("manager_rate", Numbers(i => managers[i % 40]));
    }

    [Fact]
    public void Numbers_given_in_the_order_of_leaving_are_found()
    {
        var random = new Random(3);
        var order = Enumerable.Range(0, Clean.Rows).OrderBy(i => (Clean.Left[i] ? 0.0 : 0.4) + random.NextDouble()).Select((row, number) => (row, number)).ToDictionary(x => x.row, x => x.number);
        Found("id", Numbers(i => order[i]));
    }

    [Fact]
    public void Rows_in_the_order_of_leaving_are_found() =>
        Assert.Equal(LeakGuard.RowOrder, Assert.Single(LeakGuard.Check(Clean.Take([.. Enumerable.Range(0, Clean.Rows).OrderBy(i => Clean.Left[i])]))).Column);

    [Fact]
    public void Names_of_customers_are_nothing_to_learn_from() =>
        Assert.Equal("name", Assert.Single(LeakGuard.Check(Clean.With(new TableColumn("name", null, [.. Enumerable.Range(0, Clean.Rows).Select(i => $"c{i * 7919 % Clean.Rows}")])))).Column);

    [Fact]
    public void A_training_on_a_leak_is_refused_by_its_name() =>
        Assert.Contains("cancel_ticket: all customers with some of its values left", Assert.Throws<ChurnException>(() =>
            new ModelTrainer { WithTrees = false }.Train(Clean.With(new TableColumn("cancel_ticket", [.. Clean.Left.Select((l, i) => l && i % 2 == 0 ? 1f : 0)], null)), null, CancellationToken.None)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Shuffled_labels_leave_nothing_to_learn()
    {
        XgboostRequired.OrSkip();
        var table = await Telco.ReadAsync();
        var left = table.Left.ToArray();
        new Random(11).Shuffle(left);
        var shuffled = table with { Left = left };
        var (one, other) = Telco.Halves(shuffled, new Random(1));
        var (scores, outcomes) = (new List<RankedCustomer>(), new ModelFitter(seed: 1));
        foreach (var (train, test) in new[] { (one, other), (other, one) })
        {
            using var trees = outcomes.Trees(shuffled.Take(train), [TreeSettings.Choices[1]]);
            scores.AddRange(trees.Probabilities(shuffled.Take(test).Features).Select((p, i) => new RankedCustomer(p, left[test[i]])));
        }
        Assert.InRange(new RankedScores(scores).RocAuc!.Value, 0.48, 0.52);
    }

    private static TableColumn Numbers(Func<int, float> of) => new("", [.. Enumerable.Range(0, Clean.Rows).Select(of)], null);

    private static void Found(string name, TableColumn planted) => Assert.Equal(name, Assert.Single(LeakGuard.Check(Clean.With(planted with { Name = name }))).Column);
}
