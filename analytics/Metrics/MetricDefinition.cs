using System.Security.Cryptography;
using System.Text;

namespace Followthrough.Analytics.Metrics;

/// <summary>In what a figure is stated.</summary>
public enum Unit
{
    /// <summary>A fraction, shown in percent.</summary>
    Share,

    /// <summary>Amounts in the figure's currency.</summary>
    Money,

    /// <summary>Elapsed hours.</summary>
    Hours,

    /// <summary>Calendar days.</summary>
    Days,

    /// <summary>Points from -100 to 100.</summary>
    Points,

    /// <summary>A mark on the scale of the instrument.</summary>
    Score,

    /// <summary>A quotient of two amounts, around 1.</summary>
    Index,

    /// <summary>A number of things.</summary>
    Count,
}

/// <summary>Which way is better.</summary>
public enum Better { Higher, Lower, Neither }

/// <summary>How rows become a figure.</summary>
public enum Aggregation
{
    /// <summary>Kept commitments among those kept or missed; Wilson interval.</summary>
    KeptShare,

    /// <summary>Rows that hold among all rows; Wilson interval.</summary>
    Share,

    /// <summary>Sum of amounts over sum of bases; interval by linearisation over the rows.</summary>
    Ratio,

    /// <summary>Sum of amounts; no interval.</summary>
    Sum,

    /// <summary>Kaplan-Meier median of durations, the unfinished censored; no interval.</summary>
    Median,

    /// <summary>Kaplan-Meier 90th percentile of durations, the unfinished censored; no interval.</summary>
    NinetiethPercentile,

    /// <summary>A share for each cohort and age, blank until the whole cohort has that age; no single figure.</summary>
    Triangle,

    /// <summary>Mean within each account, then over accounts; bootstrap interval over accounts.</summary>
    AccountMean,
}

/// <summary>What a metric is, in the words every screen, export and command uses.</summary>
public abstract record MetricDefinition
{
    /// <summary>Stable id, for example <c>respond_24h</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name in plain words.</summary>
    public required string Name { get; init; }

    /// <summary>One paragraph a customer would understand.</summary>
    public required string InWords { get; init; }

    /// <summary>The formula in words.</summary>
    public required string Formula { get; init; }

    /// <summary>A worked example with small numbers; null where the formula says it all.</summary>
    public string? Example { get; init; }

    /// <summary>Where the idea comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Below this n a figure is not judged.</summary>
    public required int MinimumN { get; init; }

    /// <summary>A changed definition is a new version.</summary>
    public required int Version { get; init; }

    /// <summary>In what it is stated.</summary>
    public abstract Unit Unit { get; init; }

    /// <summary>Which way is better.</summary>
    public abstract Better Better { get; init; }

    /// <summary>How rows become the figure.</summary>
    public abstract Aggregation Aggregation { get; init; }

    /// <summary>Target in <see cref="Unit"/> where nobody set another; null when it is watched without one. No part of the definition.</summary>
    public abstract double? Goal { get; }

    /// <summary>Whether a person can be judged by it: it is split by person, and no single person was watched for it.</summary>
    public bool JudgesPeople { get; init; } = true;

    /// <summary>The statement that finds its rows.</summary>
    public abstract string Sql { get; }

    /// <summary>Sixteen hexadecimal digits that change whenever the formula, its parameters or its statement do.</summary>
    public string Hash => HashOf($"{Id}\n{Unit}\n{Better}\n{Aggregation}\n{Formula}\n{MinimumN}\n{Rules}\n{SqlWithoutRemarks()}");

    /// <summary>What else decides the figure, beside formula and statement.</summary>
    protected abstract string Rules { get; }

    // A remark in the statement changes no figure.
    private string SqlWithoutRemarks() =>
        string.Join('\n', Sql.Split('\n').Select(line => line.Split("--")[0].Trim()).Where(line => line.Length > 0));

    /// <summary>Sixteen hexadecimal digits of a text.</summary>
    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
