using Followthrough.Analytics.Churn;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>IBM's "Telco Customer Churn": 7,043 customers, 1,869 of whom left. It lies beside this repository; without it a test is skipped.</summary>
internal static class Telco
{
    internal static string Path => SharedData.Path("telco_churn/Telco-Customer-Churn.csv");

    internal static async Task<LabelledTable> ReadAsync() =>
        (await LabelledFile.ReadAsync(Path, "Churn", ["customerID"], TestContext.Current.CancellationToken)).Table;

    /// <summary>The nine inputs of the reference regression.</summary>
    internal static FeatureMatrix ReferenceInputs(LabelledTable table)
    {
        float Number(string column, int row) => table.Features.Column(column)!.Numbers![row];
        float Is(string column, string value, int row) => table.Features.Column(column)!.Texts![row] == value ? 1 : 0;
        return new FeatureMatrix(
            [.. Enumerable.Range(0, table.Rows).SelectMany(r => new[]
            {
                Number("tenure", r) / 12, Number("MonthlyCharges", r) / 10, Is("Contract", "One year", r), Is("Contract", "Two year", r),
                Is("InternetService", "Fiber optic", r), Is("InternetService", "No", r), Is("PaymentMethod", "Electronic check", r),
                Is("PaperlessBilling", "Yes", r), Number("SeniorCitizen", r),
            })],
            table.Rows, 9);
    }

    /// <summary>Two halves with as many leavers each, in random order.</summary>
    internal static (List<int> One, List<int> Other) Halves(LabelledTable table, Random random)
    {
        var (one, other) = (new List<int>(), new List<int>());
        foreach (var left in new[] { false, true })
        {
            var rows = Enumerable.Range(0, table.Rows).Where(r => table.Left[r] == left).ToArray();
            random.Shuffle(rows);
            one.AddRange(rows[..(rows.Length / 2)]);
            other.AddRange(rows[(rows.Length / 2)..]);
        }
        return (one, other);
    }

    internal static RankedScores Ranked(IReadOnlyList<double> scores, IReadOnlyList<bool> left) => new(scores.Select((s, i) => new RankedCustomer(s, left[i])));
}
