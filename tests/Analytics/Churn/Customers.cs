using System.Globalization;
using System.Text;
using Followthrough.Analytics.Churn;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Made-up customers whose leaving depends, with chance, on how late they were answered and on their plan.</summary>
internal static class Customers
{
    internal static LabelledTable Table(int rows = 2000, int seed = 3)
    {
        var random = new Random(seed);
        var (late, size, plan, left) = (new float[rows], new float[rows], new string?[rows], new bool[rows]);
        for (var i = 0; i < rows; i++)
        {
            (late[i], size[i], plan[i]) = (random.NextSingle(), random.NextSingle() * 100, random.Next(3) switch { 0 => "basic", 1 => "plus", _ => null });
            left[i] = random.NextDouble() < Platt.Sigmoid(-2.2 + 2.5 * late[i] + (plan[i] == "basic" ? 0.8 : 0));
        }
        return new LabelledTable
        {
            Features = new FeatureTable([new TableColumn("late", late, null, 1), new TableColumn("size", size, null), new TableColumn("plan", null, plan)], [.. Enumerable.Range(0, rows).Select(i => (long)i)]),
            Left = left,
            Cuts = new int[rows],
            CutNames = ["all rows"],
            Segments = new string?[rows],
        };
    }

    internal static LabelledTable With(this LabelledTable table, TableColumn column) => table with { Features = table.Features with { Columns = [.. table.Features.Columns, column] } };

    internal static async Task<string> WriteAsync(this LabelledTable table, string folder, string name = "customers.csv")
    {
        var text = new StringBuilder("late,size,plan,Churn\n");
        for (var i = 0; i < table.Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{table.Features.Columns[0].Numbers![i]:R},{table.Features.Columns[1].Numbers![i]:R},")
                .Append(CultureInfo.InvariantCulture, $"{table.Features.Columns[2].Texts![i]},{(table.Left[i] ? "Yes" : "No")}\n");
        }
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, text.ToString(), TestContext.Current.CancellationToken);
        return path;
    }
}
