using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Targets;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>A scorecard in words and numbers, none of which is rounded across a bound that decides something.</summary>
internal static class ScoreWords
{
    private const int MostDecimals = 20;

    // Where points begin, change their slope and end.
    private static readonly decimal[] Bounds = [0, TargetPoints.AtThreshold, TargetPoints.AtTarget, TargetPoints.AtStretch];

    /// <summary>Points or a total to one decimal, or as many more as it takes not to reach what was not reached.</summary>
    internal static string Points(decimal? points)
    {
        if (points is not { } exact) return Figures.Undefined;
        var decimals = 1;
        while (decimals < MostDecimals && Array.Exists(Bounds, bound => Round(exact, decimals).CompareTo(bound) != exact.CompareTo(bound))) decimals++;
        return Number(exact, decimals);
    }

    /// <summary>What a line adds, to two decimals.</summary>
    internal static string Contribution(decimal? points) => points is { } exact ? Number(exact, 2) : Figures.Undefined;

    /// <summary>Said where a line's difference from its target is no more than chance may make: its interval has the target inside.</summary>
    internal static string? Chance(ScoreLine line) => line.Points is not null && line.Input.Target?.Points.Target is { } target && line.Figure is { Low: { } low, High: { } high } && low < target && target < high
        ? "the target may have been met or missed by chance" : null;

    /// <summary>The same of the total, and of 100; nothing where its band is on one side.</summary>
    internal static string Chance(ScoreResult result) => result is { Low: < TargetPoints.AtTarget, High: > TargetPoints.AtTarget }
        ? " Whether it is above or below 100 may be chance." : "";

    /// <summary>A weight in percent: 20, or 26.67 after redistribution.</summary>
    internal static string Weight(decimal weight) => WrittenUnit.Text(Round(weight, 2));

    /// <summary>A line's figure in its unit; never rounded across the threshold, the target or the stretch.</summary>
    internal static string Value(ScoreLine line, ScoreFigure figure)
    {
        var metric = line.Input.Metric;
        if (figure.Value is not { } value) return Figures.Undefined;
        var decimals = Decimals(metric.Unit);
        var shown = line.Input.Target?.Points.Curve(metric)?.Show(value, decimals) ?? Round(value, decimals).ToString(CultureInfo.InvariantCulture);
        var places = shown.Contains('.', StringComparison.Ordinal) ? shown.Length - shown.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return $"{Number(value, places)}{(MeasureWords.Sign(metric.Unit, figure.Currency) is { Length: > 0 } sign ? $"\u00a0{sign}" : "")}";
    }

    /// <summary>A figure's interval.</summary>
    internal static string Interval(ScoreLine line, ScoreFigure figure) => figure is { Low: { } low, High: { } high }
        ? $"{Number(low, Decimals(line.Input.Metric.Unit))} to {Number(high, Decimals(line.Input.Metric.Unit))}"
        : Figures.Undefined;

    /// <summary>What points there are for what: “50 from 80 %, 100 from 95 %, 150 from 99 %”; the bounds belong to them.</summary>
    internal static string Bars(ScoreLine line)
    {
        if (line.Input.Target?.Points is not { } points) return "none";
        var way = line.Input.Metric.Better == Better.Lower ? "down to" : "from";
        var bars = new (decimal? At, decimal Points)[] { (points.Threshold, TargetPoints.AtThreshold), (points.Target, TargetPoints.AtTarget), (points.Stretch, TargetPoints.AtStretch) };
        return string.Join(", ", bars.Where(bar => bar.At is not null).Select(bar => $"{WrittenUnit.Text(bar.Points)} {way} {TargetWords.Value(line.Input.Metric, bar.At)}"));
    }

    /// <summary>Whose target it is.</summary>
    internal static string Whose(ScoreLine line) => line.Input.Target switch
    {
        null => "",
        { Scope: null } => "the catalogue's",
        { Scope.Team: not null } => "the team's",
        { Scope.Staff: not null } => "own",
        _ => "the company's",
    };

    /// <summary>The sum as it is done on paper: “75.0 × 40 + 100.0 × 60 = 9,000; ÷ 100 = 90.0”.</summary>
    internal static string Arithmetic(ScoreResult result)
    {
        var judged = result.Lines.Where(line => line.Points is not null).ToList();
        var terms = string.Join(" + ", judged.Select(line => $"{Points(line.Points)} × {Weight(line.Input.Weight)}"));
        return $"({terms}) ÷ {Weight(result.Judged)} = {Points(result.Total)}";
    }

    /// <summary>For whom a scorecard is.</summary>
    internal static string For(Scorecard scorecard, string? teamName) =>
        scorecard.Team is { } team ? $"team {teamName ?? team}" : scorecard.Title is { } title ? $"everybody who is {title}" : "everybody";

    private static int Decimals(Unit unit) => unit switch
    {
        Unit.Money => 0,
        Unit.Score or Unit.Index => 2,
        _ => 1,
    };

    private static decimal Round(decimal number, int decimals) => Math.Round(number, decimals, MidpointRounding.AwayFromZero);

    private static string Number(decimal number, int decimals) =>
        Round(number, decimals).ToString(decimals == 0 ? "#,0" : "#,0." + new string('0', decimals), CultureInfo.InvariantCulture).Replace('-', '−');
}
