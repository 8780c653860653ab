namespace Followthrough.Analytics.Churn;

/// <summary>
/// Parts of the training rows: what a model is fitted on, what it is stopped by, and what it is calibrated by. No customer is in the last
/// and in one of the others; where there is time, it is stopped by a later cut than it is fitted on.
/// </summary>
internal sealed record Fold(IReadOnlyList<int> Fit, IReadOnlyList<int> Stop, IReadOnlyList<int> Apart);

/// <summary>How training rows are parted.</summary>
internal static class Folds
{
    public const int Count = 5;

    public static IReadOnlyList<Fold> Of(LabelledTable table, int seed)
    {
        var parts = table.Features.Customers.Select(c => PartOf(c, seed)).ToArray();
        var last = table.Cuts.Length == 0 ? 0 : table.Cuts.Max();
        var hasTime = table.Cuts.Any(c => c < last);
        return [.. Enumerable.Range(0, Count).Select(part => hasTime
            ? new Fold(
                Rows(table, r => parts[r] != part && table.Cuts[r] < last),
                Rows(table, r => parts[r] != part && table.Cuts[r] == last),
                Rows(table, r => parts[r] == part && table.Cuts[r] >= last - 1))
            : new Fold(
                Rows(table, r => parts[r] != part && parts[r] != (part + 1) % Count),
                Rows(table, r => parts[r] == (part + 1) % Count),
                Rows(table, r => parts[r] == part)))];
    }

    /// <summary>The part of a customer: always the same, and even, whatever the numbers of the customers.</summary>
    public static int PartOf(long customer, int seed)
    {
        // The finaliser of SplitMix64.
        var x = (ulong)customer + 0x9E3779B97F4A7C15UL * (ulong)(uint)(seed + 1);
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return (int)((x ^ (x >> 31)) % Count);
    }

    private static List<int> Rows(LabelledTable table, Func<int, bool> isIn) => [.. Enumerable.Range(0, table.Rows).Where(isIn)];
}
