using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Admin;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>What the form of a scorecard holds, as it was filled in.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Whose"><c>team:</c> and a key, <c>title:</c> and a position, or empty for everybody.</param>
/// <param name="From">First day.</param>
/// <param name="Lines">Metric and weight, each as typed; without a metric a line is not there.</param>
/// <param name="Reason">Why.</param>
/// <param name="Ends">Whether it is to end.</param>
public sealed record ScorecardForm(string Name, string Whose, string From, IReadOnlyList<(string Metric, string Weight)> Lines, string Reason, bool Ends)
{
    internal const string Team = "team:", Title = "title:";

    internal static ScorecardForm Empty(string from) => new("", "", from, [], "", false);

    /// <summary>What is offered to begin with: the promises that every service business makes.</summary>
    internal static ScorecardForm Start(string from) => new(
        "Keeping our word", "", from, [("respond_24h", "40"), ("resolve_issue", "20"), ("promise_kept", "20"), ("deliver_b0", "20")], "A beginning.", false);

    internal static ScorecardForm Of(Scorecard s, string from) => new(
        s.Name, s.Team is { } team ? Team + team : s.Title is { } title ? Title + title : "", from,
        [.. s.Lines.Select(line => (line.Metric, WrittenUnit.Text(line.Weight)))], "", false);

    internal static ScorecardForm Read(IFormCollection form)
    {
        string Said(string name) => form[name].ToString().Trim();
        var lines = form["metric"].Zip(form["weight"], (metric, weight) => (Metric: metric?.Trim() ?? "", Weight: weight?.Trim().Replace(',', '.') ?? ""));
        return new(Said("name"), Said("whose"), Said("from"), [.. lines.Where(line => line.Metric.Length > 0).Take(ScorecardRules.MostLines + 1)], Said("reason"), Said("ends") == "yes");
    }

    /// <summary>The version it asks for; null with what cannot be read, in sentences.</summary>
    internal Scorecard? TryRead(string id, string who, DateTimeOffset now, IReadOnlyList<FactChoice> teams, List<string> problems)
    {
        if (!DateOnly.TryParseExact(From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)) problems.Add("The first day: expected one like 2026-01-01.");
        var lines = new List<WeightedMetric>();
        foreach (var (metric, weight) in Lines)
        {
            if (WrittenUnit.Read(weight) is { } number) lines.Add(new WeightedMetric(metric, number));
            else problems.Add($"The weight of {MetricCatalogue.Find(metric)?.Name ?? metric}: expected a number, not “{weight}”.");
        }
        var team = Whose.StartsWith(Team, StringComparison.Ordinal) ? Whose[Team.Length..] : null;
        if (team is not null && teams.All(known => known.Key != team)) problems.Add("For whom: expected one of the list.");
        if (problems.Count > 0) return null;
        return new Scorecard
        {
            Id = id,
            Version = 0,
            Name = Name,
            Team = team,
            Title = Whose.StartsWith(Title, StringComparison.Ordinal) ? Whose[Title.Length..] : null,
            From = from,
            Ended = Ends,
            Lines = lines,
            Reason = Reason,
            MadeAt = now,
            MadeBy = who,
        };
    }

    /// <summary>As the log keeps it.</summary>
    internal static string InWords(Scorecard s) =>
        $"{s.Name} for {ScoreWords.For(s, null)} from {Moments.OnDay(s.From)}{(s.Ended ? ", ended" : "")}: {string.Join(", ", s.Lines.Select(line => $"{line.Metric} {WrittenUnit.Text(line.Weight)}"))}; {s.Reason}";
}
