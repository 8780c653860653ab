using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Tries what should hold on a hundred thousand random cases, the same ones each time.</summary>
internal static class Cases
{
    // Unrounded amounts have 28 digits; a division or two takes the last ones.
    internal const decimal Nothing = 0.000000000001m;

    private const int Number = 100_000;

    // Plans take longer to draw than inputs do.
    private const int InputsOfAPlan = 4;

    internal static void Try(int seed, Action<RandomPlan, RandomDraw> holds)
    {
        RandomPlan? plan = null;
        var drawn = 0;
        Try(seed, draw => holds(plan = plan is not null && drawn++ % InputsOfAPlan > 0 ? plan.Again() : new RandomPlan(draw), draw));
    }

    internal static void Try(int seed, Action<RandomDraw> holds)
    {
        var draw = new RandomDraw(seed);
        for (var i = 0; i < Number; i++) holds(draw);
    }

    internal static List<T> Shuffled<T>(IEnumerable<T> things, RandomDraw draw) => [.. things.OrderBy(_ => draw.Number(1_000_000))];
}
