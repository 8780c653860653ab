using System.Security.Cryptography;
using System.Text;

namespace Followthrough.Analytics.Churn;

/// <summary>A column as the model reads it.</summary>
/// <param name="Name">Id of the feature.</param>
/// <param name="Categories">Its categories, ordered, each of which is an input of 0 or 1; null for a number, which is one input.</param>
/// <param name="Monotone">1 where more can only mean more risk, -1 where it can only mean less, 0 where it is left to the data.</param>
internal sealed record FeatureColumn(string Name, IReadOnlyList<string>? Categories, int Monotone);

/// <summary>The columns of a model, in the order in which it reads them. Two models with the same hash read the same.</summary>
internal sealed record FeatureSchema(IReadOnlyList<FeatureColumn> Columns)
{
    /// <summary>As stored.</summary>
    public string Text => ChurnJson.Write(Columns);

    /// <summary>SHA-256 of <see cref="Text"/>, in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>How many inputs the columns make.</summary>
    public int Width => Columns.Sum(c => c.Categories?.Count ?? 1);

    /// <summary>The column of each input.</summary>
    public IEnumerable<FeatureColumn> Inputs => Columns.SelectMany(c => Enumerable.Repeat(c, c.Categories?.Count ?? 1));

    public static FeatureSchema Read(string text) => new(ChurnJson.Read<List<FeatureColumn>>(text));
}
