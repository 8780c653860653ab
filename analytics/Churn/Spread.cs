namespace Followthrough.Analytics.Churn;

/// <summary>How a column was spread over the rows a model was trained on: the shares of its tenths or categories, the unknown last.</summary>
internal sealed record Spread(string Column, IReadOnlyList<float>? Edges, IReadOnlyList<string>? Categories, IReadOnlyList<double> Shares)
{
    private const int Parts = 10;

    /// <summary>From this population stability index on, rows are others than those learned from.</summary>
    public const double Alarm = 0.25;

    public static Spread Of(TableColumn column)
    {
        if (column.Texts is { } texts)
        {
            var categories = texts.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
            return new Spread(column.Name, null, categories, SharesOf(column, null, categories));
        }
        var known = column.Numbers!.Where(float.IsFinite).Order().ToArray();
        var edges = known.Length == 0 ? [] : Enumerable.Range(1, Parts - 1).Select(i => known[i * known.Length / Parts]).Distinct().ToList();
        return new Spread(column.Name, edges, null, SharesOf(column, edges, null));
    }

    /// <summary>Population stability index of these rows against those learned from; 0 is the same.</summary>
    public double Index(TableColumn column)
    {
        if (column.Numbers is null != Edges is null) return double.PositiveInfinity;
        var rows = (column.Numbers?.Length ?? column.Texts!.Length) + 1.0;
        return Shares.Zip(SharesOf(column, Edges, Categories), (was, now) =>
        {
            // An empty part would count without end; half a row stands in.
            var (a, b) = (Math.Max(was, 0.5 / rows), Math.Max(now, 0.5 / rows));
            return (b - a) * Math.Log(b / a);
        }).Sum();
    }

    private static double[] SharesOf(TableColumn column, IReadOnlyList<float>? edges, IReadOnlyList<string>? categories)
    {
        var counts = new double[(edges?.Count ?? categories!.Count) + 2];
        var rows = column.Numbers?.Length ?? column.Texts!.Length;
        for (var row = 0; row < rows; row++)
        {
            if (column.Numbers is { } numbers) counts[float.IsFinite(numbers[row]) ? edges!.Count(e => numbers[row] >= e) : ^1]++;
            else if (column.Texts![row] is { } text) counts[Place(categories!, text)]++;
            else counts[^1]++;
        }
        return Array.ConvertAll(counts, c => rows == 0 ? 0 : c / rows);
    }

    // A category that was not there in the training has a part of its own, after the known ones.
    private static int Place(IReadOnlyList<string> categories, string text)
    {
        for (var i = 0; i < categories.Count; i++)
            if (categories[i] == text) return i;
        return categories.Count;
    }
}
