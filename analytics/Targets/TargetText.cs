using System.Globalization;

namespace Followthrough.Analytics.Targets;

/// <summary>A target as it is typed into a form or stands in a line of a file; empty where nothing is said.</summary>
public sealed record TargetText
{
    /// <summary>Id of the metric.</summary>
    public string Metric { get; init; } = "";

    /// <summary>Key of the team.</summary>
    public string Team { get; init; } = "";

    /// <summary>Key of the person.</summary>
    public string Person { get; init; } = "";

    /// <summary>First day, 2026-01-01.</summary>
    public string From { get; init; } = "";

    /// <summary>Last day; empty for no end.</summary>
    public string Last { get; init; } = "";

    /// <summary>Number, or empty.</summary>
    public string Threshold { get; init; } = "";

    /// <summary>Number.</summary>
    public string Target { get; init; } = "";

    /// <summary>Number, or empty.</summary>
    public string Stretch { get; init; } = "";

    /// <summary>How a target is written.</summary>
    internal static TargetText Of(MetricTarget target) => new()
    {
        Metric = target.Metric,
        Team = target.Scope.Team ?? "",
        Person = target.Scope.Staff ?? "",
        From = TargetRules.Day(target.From),
        Last = target.To is { } to ? TargetRules.Day(to.AddDays(-1)) : "",
        Threshold = Number(target.Points.Threshold),
        Target = Number(target.Points.Target),
        Stretch = Number(target.Points.Stretch),
    };

    /// <summary>Reads it; null with what is wrong, in words.</summary>
    internal (MetricTarget? Target, IReadOnlyList<string> Faults) Read()
    {
        var faults = new List<string>();
        var (from, last) = (Day("from_day", From, needed: true, faults), Day("last_day", Last, needed: false, faults));
        var (threshold, target, stretch) = (Amount("threshold", Threshold, needed: false, faults), Amount("target", Target, needed: true, faults), Amount("stretch", Stretch, needed: false, faults));
        if (faults.Count > 0) return (null, faults);
        var read = new MetricTarget
        {
            Metric = Metric,
            Scope = new TargetScope(Key(Team), Key(Person)),
            From = from!.Value,
            To = last is { } day && day < DateOnly.MaxValue ? day.AddDays(1) : null,
            Points = new TargetPoints(threshold, target!.Value, stretch),
        };
        faults.AddRange(TargetRules.Faults(read));
        return faults.Count > 0 ? (null, faults) : (read, []);
    }

    private static string Number(decimal? number) => number is { } n ? WrittenUnit.Text(n) : "";

    private static string? Key(string text) => text.Length > 0 ? text : null;

    private static DateOnly? Day(string field, string text, bool needed, List<string> faults)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        if (needed || text.Length > 0) faults.Add($"{field} “{text}”: expected a day like 2026-01-01{(needed ? "" : ", or nothing")}.");
        return null;
    }

    private static decimal? Amount(string field, string text, bool needed, List<string> faults)
    {
        if (WrittenUnit.Read(text) is { } amount) return amount;
        if (needed || text.Length > 0) faults.Add($"{field} “{text}”: expected a number like 95 or 12.5{(needed ? "" : ", or nothing")}.");
        return null;
    }
}
