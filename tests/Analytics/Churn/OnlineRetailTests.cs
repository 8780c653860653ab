using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Analytics.Measures;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>UCI's "Online Retail": who bought before September 2011 and not in the 91 days from then on. It lies beside this repository.</summary>
public sealed class OnlineRetailTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Labels_and_the_naive_rules_are_as_published_and_the_model_says_whether_it_beats_them()
    {
        // Customers are known from their first purchase on at the latest.
        var facts = PublicSales.OnlineRetail().Select(f => f is Account ? f with { OccurredAt = Given.At("2010-11-01T00:00Z") } : f);
        await using var world = await World.CreateAsync();
        var folder = world.NewFolder();
        await CanonicalCsv.WriteAsync(folder, [.. facts.Select(f => f with { SourceModifiedAt = f.OccurredAt })], Ct);
        Assert.Equal(0, (await world.LoadPathAsync(folder, backfill: true)).ExitCode);
        var data = await ChurnData.BuildAsync(world.Database.DataSource, Given.At("2011-12-01T00:00Z"), new LabelRequest { GapDays = 0, HorizonDays = 91 }, null, Ct);

        var newest = data.Table.Where(row => data.Table.Cuts[row] == data.Table.Cuts.Max());
        Assert.Equal("2011-09-01", data.Table.CutNames[^1]);
        Assert.Equal((3317, 1446), (newest.Rows, newest.Left.Count(l => l)));
        Assert.Equal(0.7213009, Auc(newest, "orders_365d", -1), 5e-7);
        Assert.Equal(0.6835839, Auc(newest, "days_since_order", 1), 0.001);

        var models = new ModelTrainer { Cuts = data.Plan.Cuts, EmbargoDays = data.Plan.Label.MaturesAfterDays, Recency = FeatureCatalogue.Recency, Capacity = 332 }.Train(data.Table, null, Ct);
        foreach (var model in models)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"{model.Fitted.Kind}: AUC {model.Figures.RocAuc!.Value:0.0000} ({model.Figures.RocAuc.Interval!.Low:0.0000} to {model.Figures.RocAuc.Interval.High:0.0000}), lift {model.Figures.Lift!.Value:0.000}, over recency {model.Figures.LiftOverRecency}, beats it: {model.Figures.BeatsRecency}"));
            model.Fitted.Dispose();
        }
        Assert.All(models.Where(m => m.Fitted.Kind != ModelKind.Recency), m => Assert.InRange(m.Figures.RocAuc!.Value, 0.70, 0.80));
    }

    private static double Auc(LabelledTable table, string column, double sign) =>
        Telco.Ranked([.. table.Features.Column(column)!.Numbers!.Select(x => sign * x)], table.Left).RocAuc!.Value;
}
