using System.Security.Cryptography;
using System.Text;

namespace Followthrough.Analytics.Churn;

/// <summary>A column as the model reads it.</summary>
/// <param name="Name">Id of the feature.</param>
/// <param name="Categories">Its categories, ordered, each of which is an input of 0 or 1; null for a number, which is one input.</param>
/// <param name="Monotone">1 where more can only mean more risk, -1 where it can only mean less, 0 where it is left to the data.</param>
internal sealed record FeatureColumn(string Name, IReadOnlyList<string>? Categories, int Monotone)
{
    public int Width => Categories?.Count ?? 1;
}

/// <summary>The columns of a model, in the order in which it reads them. Two models with the same hash read the same.</summary>
internal sealed record FeatureSchema(IReadOnlyList<FeatureColumn> Columns)
{
    /// <summary>As stored.</summary>
    public string Text => ChurnJson.Write(Columns);

    /// <summary>SHA-256 of <see cref="Text"/>, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>How many inputs the columns make.</summary>
    public int Width => Columns.Sum(c => c.Width);

    /// <summary>For each input the index of its column.</summary>
    public int[] ColumnOfInput => [.. Columns.SelectMany((c, i) => Enumerable.Repeat(i, c.Width))];

    public static FeatureSchema Read(string text) => new(ChurnJson.Read<List<FeatureColumn>>(text));

    /// <summary>
    /// What can be learned from these rows: a column that is the same everywhere, or unknown everywhere, says nothing and is left out.
    /// </summary>
    public static FeatureSchema Of(FeatureTable table) => new([.. table.Columns.Select(Of).OfType<FeatureColumn>()]);

    /// <summary>The inputs. An unseen category is none of the known ones; a number that is not finite is unknown.</summary>
    /// <exception cref="ChurnException">The table lacks a column, or it is of another kind.</exception>
    public FeatureMatrix Encode(FeatureTable table)
    {
        var matrix = new FeatureMatrix(new float[table.Rows * Width], table.Rows, Width);
        var input = 0;
        foreach (var column in Columns)
        {
            var values = table.Column(column.Name);
            if (values is null || values.Numbers is null != column.Categories is not null)
                throw new ChurnException($"The model reads '{column.Name}' as {(column.Categories is null ? "a number" : "a category")}, which these rows do not have. Train again.");
            if (column.Categories is null) Fill(matrix, input, values.Numbers!);
            else Fill(matrix, input, values.Texts!, column.Categories);
            input += column.Width;
        }
        return matrix;
    }

    private static FeatureColumn? Of(TableColumn column)
    {
        if (column.Numbers is { } numbers)
            return numbers.Where(float.IsFinite).Distinct().Take(2).Count() + (numbers.Any(n => !float.IsFinite(n)) ? 1 : 0) > 1
                && numbers.Any(float.IsFinite) ? new FeatureColumn(column.Name, null, column.Monotone) : null;
        var categories = column.Texts!.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        return categories.Count + (column.Texts!.Contains(null) ? 1 : 0) > 1 && categories.Count > 0 ? new FeatureColumn(column.Name, categories, 0) : null;
    }

    private static void Fill(FeatureMatrix matrix, int input, float[] numbers)
    {
        for (var row = 0; row < matrix.Rows; row++)
            matrix.Values[row * matrix.Width + input] = float.IsFinite(numbers[row]) ? numbers[row] : float.NaN;
    }

    private static void Fill(FeatureMatrix matrix, int input, string?[] texts, IReadOnlyList<string> categories)
    {
        var places = categories.Select((c, i) => (c, i)).ToDictionary(x => x.c, x => x.i, StringComparer.Ordinal);
        for (var row = 0; row < matrix.Rows; row++)
            if (texts[row] is { } text && places.TryGetValue(text, out var place))
                matrix.Values[row * matrix.Width + input + place] = 1;
    }
}
