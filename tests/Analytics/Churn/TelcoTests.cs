using System.Globalization;
using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Public figures that any correct implementation reproduces, and what the trees are worth beside them.</summary>
public sealed class TelcoTests
{
    private static readonly double[] Reference = [-0.916801, -0.392472, 0.031942, -0.735831, -1.507333, 0.879364, -0.724996, 0.445406, 0.400946, 0.321745];

    [Fact]
    public async Task The_logistic_reference_is_reproduced_on_all_rows()
    {
        var table = await Telco.ReadAsync();
        Assert.Equal(1869, table.Left.Count(l => l));
        using var model = LogisticModel.Fit(Telco.ReferenceInputs(table), table.Left, 0);
        Assert.All(model.Coefficients().Zip(Reference), pair => Assert.Equal(pair.Second, pair.First, 0.0000015));
        var p = Array.ConvertAll(model.LogOdds(Telco.ReferenceInputs(table)), Platt.Sigmoid);
        Assert.Equal(0.8392043, Telco.Ranked(p, table.Left).RocAuc!.Value, 5e-7);
        Assert.Equal(0.4233030, ProbabilityMeasures.LogLoss(p, table.Left)!.Value, 5e-7);
        Assert.Equal(0.1380974, ProbabilityMeasures.Brier(p, table.Left)!.Value, 5e-7);
        Assert.Equal(0.7398672, Telco.Ranked([.. table.Features.Column("tenure")!.Numbers!.Select(t => -(double)t)], table.Left).RocAuc!.Value, 5e-7);
    }

    [Fact]
    public async Task The_logistic_reference_is_reproduced_on_the_rows_held_out()
    {
        var table = await Telco.ReadAsync();
        int[] test = [.. Enumerable.Range(0, table.Rows).Where(r => r % 5 == 0)], train = [.. Enumerable.Range(0, table.Rows).Where(r => r % 5 != 0)];
        var inputs = Telco.ReferenceInputs(table);
        using var model = LogisticModel.Fit(inputs.Take(train), table.Take(train).Left, 0);
        var left = table.Take(test).Left;
        var p = Array.ConvertAll(model.LogOdds(inputs.Take(test)), Platt.Sigmoid);
        Assert.Equal(0.8243460, Telco.Ranked(p, left).RocAuc!.Value, 5e-7);
        Assert.Equal(0.4373443, ProbabilityMeasures.LogLoss(p, left)!.Value, 5e-7);
        Assert.Equal(0.1441360, ProbabilityMeasures.Brier(p, left)!.Value, 5e-7);
        var top = Telco.Ranked(p, left).Top(140);
        Assert.Equal(96, top.Hits);
        Assert.Equal(2.5972, top.Lift!.Value, 5e-5);
    }

    // FOLLOWTHROUGH_LONG_TESTS=1 repeats it five times, as the figures are usually quoted.
    [Fact]
    public async Task Trees_are_as_good_as_this_data_allows_and_never_much_worse_than_the_regression()
    {
        XgboostRequired.OrSkip();
        var table = await Telco.ReadAsync();
        var results = new List<(double Auc, double Loss, double Error, double Regression)>();
        for (var repetition = 0; repetition < (Environment.GetEnvironmentVariable("FOLLOWTHROUGH_LONG_TESTS") is null ? 1 : 5); repetition++)
        {
            var (one, other) = Telco.Halves(table, new Random(repetition));
            results.Add(Compare(table.Take(one), table.Take(other)));
            results.Add(Compare(table.Take(other), table.Take(one)));
        }
        var found = string.Create(CultureInfo.InvariantCulture,
            $"AUC {results.Average(r => r.Auc):0.0000}, log-loss {results.Average(r => r.Loss):0.0000}, calibration error {results.Average(r => r.Error):0.0000}, regression {results.Average(r => r.Regression):0.0000}; ")
            + string.Join(' ', results);
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        Assert.True(results.Average(r => r.Auc) >= 0.846, found);
        Assert.True(results.Average(r => r.Loss) <= 0.413, found);
        Assert.True(results.Average(r => r.Error) <= 0.025, found);
        Assert.All(results, r => Assert.True(r.Auc >= r.Regression - 0.002, found));
    }

    private static (double Auc, double Loss, double Error, double Regression) Compare(LabelledTable train, LabelledTable test)
    {
        var fitter = new ModelFitter(seed: 7);
        using var trees = fitter.Trees(train, TreeSettings.Choices);
        using var regression = fitter.Logistic(train);
        var p = trees.Probabilities(test.Features);
        return (Telco.Ranked(p, test.Left).RocAuc!.Value, ProbabilityMeasures.LogLoss(p, test.Left)!.Value,
            ProbabilityMeasures.CalibrationError(p, test.Left)!.Value, Telco.Ranked(regression.Probabilities(test.Features), test.Left).RocAuc!.Value);
    }
}
