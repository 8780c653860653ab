using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>What a run's page says before somebody takes a part in it.</summary>
public sealed class RunPartsTests
{
    private static readonly PayActor Anna = new("anna", Guid.NewGuid(), null), Bert = new("bert", Guid.NewGuid(), null), Cleo = new("cleo", Guid.NewGuid(), null), Boss = new("boss", Guid.NewGuid(), null);

    private static readonly PayHands ByAnna = new([new PayStep(PayStepKind.Prepared, default, Anna, null, null)], new HashSet<string>());

    [Fact]
    public void Who_would_bar_himself_reads_who_is_left_and_the_last_that_nothing_is_his_to_do()
    {
        Assert.Equal("If you send it, compute it again, release a line with it or review it, you do not approve it: then cleo still can.", RunParts.PartOf(Bert, ByAnna, [Anna, Bert, Cleo]));
        Assert.StartsWith("You are the only one left who can approve it.", RunParts.PartOf(Bert, ByAnna, [Anna, Bert]), StringComparison.Ordinal);
        Assert.Null(RunParts.PartOf(Anna, ByAnna, [Anna, Bert]));
        Assert.Null(RunParts.PartOf(Boss, ByAnna, [Anna, Bert]));
    }

    [Fact]
    public void Reviewers_are_named_without_the_preparer_and_the_last_who_can_approve()
    {
        (PayActor, long)[] all = [(Bert, 12), (Anna, 12), (Boss, 4)];

        Assert.Equal(["They can be reviewed by boss (4)."], RunParts.Reviewing(all, ByAnna, [Anna, Bert]));
        Assert.Equal(["They can be reviewed by bert (12), boss (4)."], RunParts.Reviewing(all, ByAnna, [Anna, Bert, Cleo]));
        Assert.StartsWith("Nobody can review them yet", Assert.Single(RunParts.Reviewing([(Bert, 12), (Anna, 12)], ByAnna, [Anna, Bert])), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_a_draft_is_made_its_maker_reads_who_could_approve_it()
    {
        Assert.Contains("then bert or cleo can approve", RunParts.LeftWithout(Anna, [Anna, Bert, Cleo]), StringComparison.Ordinal);
        Assert.Contains("nobody else may", RunParts.LeftWithout(Anna, [Anna]), StringComparison.Ordinal);
    }
}
