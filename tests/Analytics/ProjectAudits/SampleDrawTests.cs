using Followthrough.Analytics.ProjectAudits;

namespace Followthrough.Tests.Analytics.ProjectAudits;

public sealed class SampleDrawTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(1, 40).Select(n => FormattableString.Invariant($"mail:{n}"))];

    // sha256sum of "2026-Q2/pm:P", then of "35f5…/mail:n" for n = 1 to 40, sorted.
    [Fact]
    public void The_seed_and_the_draw_are_what_anybody_gets_with_sha256sum()
    {
        Assert.Equal("35f5825be555ba29", SampleDraw.SeedOf("2026-Q2", "pm:P"));
        Assert.Equal(["mail:25", "mail:37", "mail:4", "mail:13", "mail:26"], SampleDraw.Of("35f5825be555ba29", Keys, key => key));
    }

    [Fact]
    public void The_order_in_which_they_come_draws_nothing_else() =>
        Assert.Equal(SampleDraw.Of("seed", Keys, key => key), SampleDraw.Of("seed", Keys.Reverse(), key => key));

    [Fact]
    public void Fewer_than_the_size_are_all_taken_and_none_is_none()
    {
        Assert.Equal(["a", "b"], SampleDraw.Of("seed", ["b", "a"], key => key).Order(StringComparer.Ordinal));
        Assert.Empty(SampleDraw.Of("seed", Array.Empty<string>(), key => key));
    }

    [Fact]
    public void Another_quarter_or_project_draws_by_another_seed() =>
        Assert.Equal(3, new[] { SampleDraw.SeedOf("2026-Q2", "P"), SampleDraw.SeedOf("2026-Q3", "P"), SampleDraw.SeedOf("2026-Q2", "R") }.Distinct().Count());
}
