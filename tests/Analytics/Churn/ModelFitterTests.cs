using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Odd rows and columns are refused in words or have a defined meaning; nothing reaches native code that it cannot take.</summary>
public sealed class ModelFitterTests
{
    private static readonly TreeSettings[] Quick = [TreeSettings.Choices[0]];
    private static readonly LabelledTable Clean = Customers.Table(600);

    [Fact]
    public void No_rows_are_refused() => Assert.Equal("There are no rows to train on.", Refused(Clean.Take([])).Message);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_outcome_alone_is_refused(bool left) =>
        Assert.Contains("needs at least 20 of each", Refused(Clean with { Left = [.. Clean.Left.Select(_ => left)] }).Message, StringComparison.Ordinal);

    [Fact]
    public void Columns_that_never_differ_are_left_out_and_alone_are_refused()
    {
        var odd = Clean.With(new TableColumn("same", [.. Clean.Left.Select(_ => 3f)], null)).With(new TableColumn("unknown", [.. Clean.Left.Select(_ => float.NaN)], null));
        using var model = new ModelFitter(1).Logistic(odd);
        Assert.Equal(["late", "size", "plan"], model.Schema.Columns.Select(c => c.Name));
        var only = odd with { Features = odd.Features with { Columns = [.. odd.Features.Columns.Skip(3)] } };
        Assert.Contains("nothing to learn from", Refused(only).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_infinite_is_unknown_and_an_unseen_category_is_none_of_the_known(bool trees)
    {
        if (trees) XgboostRequired.OrSkip();
        var odd = Clean.With(new TableColumn("odd", [.. Enumerable.Range(0, Clean.Rows).Select(i => i % 3 == 0 ? float.PositiveInfinity : i % 3 == 1 ? float.NaN : i)], null));
        using var model = trees ? new ModelFitter(1).Trees(odd, Quick) : new ModelFitter(1).Logistic(odd);
        var asked = odd.Take([0, 1]).Features;
        FeatureTable With(float number, string? plan) => asked with
        {
            Columns = [.. asked.Columns.Select(c => c.Name switch { "odd" => c with { Numbers = [number, number] }, "plan" => c with { Texts = [plan, plan] }, _ => c })],
        };
        Assert.Equal(model.Probabilities(With(float.NaN, "never seen")), model.Probabilities(With(float.NegativeInfinity, "never seen")));
        Assert.Equal(model.Probabilities(With(1, null)), model.Probabilities(With(1, "never seen")));
        Assert.All(model.Probabilities(With(float.NaN, null)), p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void A_column_that_is_missing_or_of_another_kind_is_refused()
    {
        using var model = new ModelFitter(1).Logistic(Clean);
        var without = Clean.Features with { Columns = [.. Clean.Features.Columns.Skip(1)] };
        Assert.Contains("reads 'late' as a number", Assert.Throws<ChurnException>(() => model.Probabilities(without)).Message, StringComparison.Ordinal);
        var other = Clean.Features with { Columns = [new TableColumn("late", null, new string?[Clean.Rows]), .. Clean.Features.Columns.Skip(1)] };
        Assert.Contains("reads 'late' as a number", Assert.Throws<ChurnException>(() => model.Probabilities(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_the_columns_changes_nothing_since_they_are_read_by_name()
    {
        using var model = new ModelFitter(1).Logistic(Clean);
        Assert.Equal(model.Probabilities(Clean.Features), model.Probabilities(Clean.Features with { Columns = [.. Clean.Features.Columns.Reverse()] }));
        Assert.NotEqual(model.Schema.Sha256, FeatureSchema.Of(Clean.Features with { Columns = [.. Clean.Features.Columns.Reverse()] }).Sha256);
    }

    [Fact]
    public void Equal_rows_and_seed_give_equal_bytes_and_saved_models_say_the_same()
    {
        XgboostRequired.OrSkip();
        using var one = new ModelFitter(1).Trees(Clean, Quick);
        using var again = new ModelFitter(1).Trees(Clean, Quick);
        using var other = new ModelFitter(2).Trees(Clean, Quick);
        Assert.Equal(one.Artefact(), again.Artefact());
        Assert.NotEqual(one.Artefact(), other.Artefact());
        using var loaded = FittedModel.Load(ModelKind.XGBoost, one.Artefact(), one.Schema, one.Parameters, one.Seed);
        Assert.Equal(one.Probabilities(Clean.Features), loaded.Probabilities(Clean.Features));
    }

    [Fact]
    public void Later_answers_never_mean_less_risk()
    {
        XgboostRequired.OrSkip();
        using var model = new ModelFitter(1).Trees(Clean, [TreeSettings.Choices[2]]);
        var steps = Enumerable.Range(0, 50).ToArray();
        var asked = new FeatureTable(
            [new TableColumn("late", [.. steps.Select(s => s / 50f)], null), new TableColumn("size", [.. steps.Select(_ => 40f)], null), new TableColumn("plan", null, [.. steps.Select(_ => "plus")])],
            [.. steps.Select(s => (long)s)]);
        var p = model.Probabilities(asked);
        Assert.All(p.Zip(p.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
        Assert.True(p[^1] > p[0] + 0.1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_columns_add_comes_to_the_log_odds(bool trees)
    {
        if (trees) XgboostRequired.OrSkip();
        using var model = trees ? new ModelFitter(1).Trees(Clean, Quick) : new ModelFitter(1).Logistic(Clean);
        var (parts, odds, width) = (model.Contributions(Clean.Features), model.Model.LogOdds(model.Schema.Encode(Clean.Features)), model.Schema.Columns.Count);
        // What all rows have in common is left over; it is the same in each.
        var common = odds.Select((o, row) => model.Calibration.Slope * o - parts[(row * width)..((row + 1) * width)].Sum(x => (double)x)).ToList();
        Assert.All(common, c => Assert.Equal(common[0], c, 1e-4));
    }

    private static ChurnException Refused(LabelledTable table) => Assert.Throws<ChurnException>(() => new ModelFitter(1).Logistic(table).Dispose());
}
