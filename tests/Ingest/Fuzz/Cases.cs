using System.Globalization;

namespace Followthrough.Tests.Ingest.Fuzz;

/// <summary>Runs many seeded cases; one that fails or hangs is told with its number, by which it can be run again.</summary>
internal static class Cases
{
    internal const int Seed = 20260919;

    // Only against a hang: nothing here takes a second.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs them, and says at the end what came of how many.</summary>
    /// <param name="output">Where the seed and the tally go.</param>
    /// <param name="count">How many.</param>
    /// <param name="run">Runs one with its own random numbers, and says in a word what came of it.</param>
    internal static async Task<IReadOnlyDictionary<string, int>> RunAsync(ITestOutputHelper output, int count, Func<Random, Task<string>> run)
    {
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < count; number++)
        {
            var seed = Seed + number;
            try
            {
                var outcome = await Task.Run(() => run(new Random(seed)), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
                tally[outcome] = tally.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"case {number}, seed {seed}: {e}"));
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, {count} cases: {string.Join(", ", tally.Select(t => $"{t.Value} {t.Key}"))}"));
        return tally;
    }
}
