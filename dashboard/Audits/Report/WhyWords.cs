using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Who or what contributed to a change, from its splits; that nobody stands out, where nobody does.</summary>
internal static class WhyWords
{
    // A group explains a change when it did most of it, and clearly more than its part of the cases would have.
    private const double Most = 0.6, MostOfTwo = 0.65, Concentrated = 1.25, Half = 0.5, Nearly = 0.0005;

    internal static string Of(Mover mover)
    {
        if (mover.Splits.Count == 0) return mover.Figure.IsOnFew ? $"With {Figures.Count(mover.Figure.Now.N)} cases no team has enough to say where it comes from."
            : "It is a mean over customers and no sum of its teams, so no team's part in it can be told.";
        var difference = mover.Change.Difference;
        foreach (var split in mover.Splits)
            if (split.Mix / difference > Half && MixOf(split, difference) is { } group) return Mix(mover.Figure, split, group);
        foreach (var split in mover.Splits)
            if (Standing(split, difference) is [var one, ..] && one.Own / difference >= Most && IsConcentrated([one], difference)) return One(mover.Figure, split, one);
        foreach (var split in mover.Splits)
            if (Standing(split, difference) is [var one, var two, ..] && split.Groups.Count > 2 && (one.Own + two.Own) / difference >= MostOfTwo && IsConcentrated([one, two], difference))
                return Two(mover.Figure, split, one, two);
        return Spread(mover, difference);
    }

    private static string One(ReportFigure figure, MixSplit split, SplitGroup one)
    {
        var (name, ends) = (NameOf(split.By, one), $"{Value(figure, one.Prior!)} before, {Value(figure, one.Now!)} now");
        return one.Own / figure.Change!.Difference > 1
            ? $"{Words.Capital(name)} alone would have moved it by {Words.Size(figure, one.Own)} ({ends}); the others made up for some of that."
            : $"Most of it, {Words.Part(figure, one.Own, figure.Change.Difference)}, is {name}: {ends}.";
    }

    private static string Two(ReportFigure figure, MixSplit split, SplitGroup one, SplitGroup two) =>
        $"Most of it comes from two: {NameOf(split.By, one)}, {Value(figure, one.Now!)} after {Value(figure, one.Prior!)}, and {NameOf(split.By, two)}, {Value(figure, two.Now!)} after {Value(figure, two.Prior!)}.";

    private static string Mix(ReportFigure figure, MixSplit split, SplitGroup group)
    {
        var more = group.Weight > group.WeightBefore;
        var value = (group.Now ?? group.Prior)!;
        return $"Most of it is mix, not what anybody did: {NameOf(split.By, group)} is {(more ? "a larger" : "a smaller")} part of it now ({Figures.Rate(group.Weight)}, after {Figures.Rate(group.WeightBefore)}), "
            + $"where the figure is {Value(figure, value)}. With the parts as they were it would {(Math.Abs(split.Own) < Nearly ? "not have moved" : $"have moved by {Words.Size(figure, split.Own)}")}.";
    }

    private static string Spread(Mover mover, double difference)
    {
        var split = mover.Splits[0];
        var judged = split.Groups.Where(g => g is { Now: { TooFew: false }, Prior: { TooFew: false } }).ToList();
        var along = judged.Count(g => Math.Sign(g.Own) == Math.Sign(difference));
        return judged.Count < 2 ? "No team, segment, region or channel stands out."
            : along == judged.Count ? $"{(along == 2 ? "Both" : $"All {Words.Number(along)}")} {Nouns(split.By)} with enough cases moved that way."
            : $"{Words.Capital(Words.Number(along))} of {Words.Number(judged.Count)} {Nouns(split.By)} with enough cases moved that way; none stands out.";
    }

    // Groups whose own figure went the same way by more than chance.
    private static List<SplitGroup> Standing(MixSplit split, double difference) =>
        [.. split.Groups.Where(g => g is { Now: { TooFew: false }, Prior: { TooFew: false } } && Math.Sign(g.Own) == Math.Sign(difference) && IsSure(g))];

    // Wilson's or whatever the figure has: the two intervals do not touch, or their difference has no zero in it.
    private static bool IsSure(SplitGroup group) => (group.Now!, group.Prior!) switch
    {
        (CommitmentValue now, CommitmentValue prior) => !TwoRates.MayBeChance(now, prior),
        ({ Interval: { } now }, { Interval: { } prior }) => now.Low > prior.High || now.High < prior.Low,
        _ => false,
    };

    private static bool IsConcentrated(IReadOnlyList<SplitGroup> groups, double difference) =>
        groups.Sum(g => g.Own) / difference >= Concentrated * groups.Sum(g => (g.Weight + g.WeightBefore) / 2);

    private static SplitGroup? MixOf(MixSplit split, double difference) =>
        split.Groups.Count < 2 ? null : split.Groups.OrderByDescending(g => Math.Round(Math.Sign(difference) * g.Mix, 9)).ThenByDescending(g => g.Weight - g.WeightBefore).First() is { } group && Math.Sign(group.Mix) == Math.Sign(difference) ? group : null;

    private static string NameOf(Dimension by, SplitGroup group) => (by, group.Key) switch
    {
        (_, null) => $"what has no {Noun(by)}",
        (Dimension.Team, _) => group.Name,
        (Dimension.Channel, _) => $"what comes by {ChannelNames.Name(group.Key)}",
        _ => $"the {Noun(by)} “{group.Name}”",
    };

    private static string Noun(Dimension by) => by.ToString().ToLowerInvariant();

    private static string Nouns(Dimension by) => $"{Noun(by)}s";

    private static string Value(ReportFigure figure, MetricValue value) => Words.Value(figure, value);
}
