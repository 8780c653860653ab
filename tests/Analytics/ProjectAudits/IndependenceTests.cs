using Followthrough.Analytics.ProjectAudits;

namespace Followthrough.Tests.Analytics.ProjectAudits;

/// <summary>Kay of Service could audit a project of the unit Projects.</summary>
public sealed class IndependenceTests
{
    private static readonly Auditor Kay = new("hr:Kay", "Kay", "Service");

    public static TheoryData<AuditorTies, string> Bound { get; } = new()
    {
        { new AuditorTies { Manages = true }, "manages the project" },
        { new AuditorTies { LeadsManager = true }, "is the project manager's manager" },
        { new AuditorTies { CostEntries = 2, Hours = 3.5m }, "worked on it (3.5 hours)" },
        { new AuditorTies { CostEntries = 1 }, "worked on it (1 entry)" },
        { new AuditorTies { Communications = 1 }, "was in touch with the customer about it (1 contact)" },
        { new AuditorTies { Commitments = 12 }, "answers for 12 commitments on it" },
        { new AuditorTies { Credit = 0.125m }, "is credited with 12.5 % of what its customer brings" },
        { new AuditorTies { HasAccount = true }, "is responsible for its customer" },
    };

    [Fact]
    public void Somebody_of_another_unit_whom_nothing_binds_is_independent() => Assert.Empty(Independence.Against(Kay, "Projects", new AuditorTies()));

    [Theory]
    [MemberData(nameof(Bound))]
    public void Whatever_binds_him_stands_against_it_in_words(AuditorTies ties, string words) => Assert.Equal([words], Independence.Against(Kay, "Projects", ties));

    [Theory]
    [InlineData("Service", "Service", "is of the project's own unit, Service")]
    [InlineData(null, "Projects", "is of no known unit, which counts as the project's own")]
    [InlineData("Service", null, "would audit a project of no known unit, which counts as everybody's own")]
    public void The_own_unit_and_an_unknown_one_stand_against_it(string? his, string? its, string words) =>
        Assert.Equal([words], Independence.Against(Kay with { Unit = his }, its, new AuditorTies()));

    [Fact]
    public void All_that_stands_against_it_is_said() =>
        Assert.Equal(3, Independence.Against(Kay, "Service", new AuditorTies { Manages = true, Credit = 1 }).Count);
}
