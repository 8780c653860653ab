namespace Followthrough.Analytics.Churn;

/// <summary>A column of a table: numbers, of which NaN is unknown, or texts, of which null is.</summary>
internal sealed record TableColumn(string Name, float[]? Numbers, string?[]? Texts, int Monotone = 0);

/// <summary>What is known of customers, a row each (at each cut).</summary>
/// <param name="Columns">All of the same length.</param>
/// <param name="Customers">Whose row it is; one customer's rows are never on both sides of a comparison.</param>
internal sealed record FeatureTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<long> Customers)
{
    public int Rows => Customers.Count;

    public TableColumn? Column(string name) => Columns.FirstOrDefault(c => c.Name == name);
}

/// <summary>A table with what became of the customers.</summary>
internal sealed record LabelledTable
{
    public required FeatureTable Features { get; init; }

    /// <summary>Whether it left, by row.</summary>
    public required bool[] Left { get; init; }

    /// <summary>The same with twice the horizon; null where that was not over yet, or there is no such thing.</summary>
    public bool?[]? LeftTwice { get; init; }

    /// <summary>The cut of each row as an index of <see cref="CutNames"/>; all 0 in a table without time.</summary>
    public required int[] Cuts { get; init; }

    /// <summary>The cuts, the oldest first, as days.</summary>
    public required IReadOnlyList<string> CutNames { get; init; }

    /// <summary>By row; null where there is none.</summary>
    public required string?[] Segments { get; init; }

    public int Rows => Left.Length;

    public LabelledTable Where(Func<int, bool> isIn) => Take([.. Enumerable.Range(0, Rows).Where(isIn)]);

    public LabelledTable Take(IReadOnlyList<int> rows) => this with
    {
        Features = new FeatureTable([.. Features.Columns.Select(c => c with { Numbers = Of(c.Numbers, rows), Texts = Of(c.Texts, rows) })], Of(Features.Customers.ToArray(), rows)!),
        Left = Of(Left, rows)!,
        LeftTwice = Of(LeftTwice, rows),
        Cuts = Of(Cuts, rows)!,
        Segments = Of(Segments, rows)!,
    };

    private static T[]? Of<T>(T[]? values, IReadOnlyList<int> rows) => values is null ? null : [.. rows.Select(r => values[r])];
}
