namespace Followthrough.Analytics.Churn;

/// <summary>Inputs of a model, row after row; NaN is unknown.</summary>
internal sealed record FeatureMatrix(float[] Values, int Rows, int Width)
{
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Width, Width);

    public FeatureMatrix Take(IReadOnlyList<int> rows)
    {
        var values = new float[rows.Count * Width];
        for (var i = 0; i < rows.Count; i++) Row(rows[i]).CopyTo(values.AsSpan(i * Width));
        return new FeatureMatrix(values, rows.Count, Width);
    }
}
