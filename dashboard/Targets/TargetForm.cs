using System.Globalization;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Admin;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Targets;

/// <summary>Reads the form of a target.</summary>
internal static class TargetForm
{
    internal static TargetText Read(IFormCollection form)
    {
        string Said(string name) => form[name].ToString().Trim();
        return new TargetText
        {
            Metric = Said("metric"),
            Team = Said("team"),
            Person = Said("person"),
            From = Said("from"),
            Last = Said("last"),
            // A comma is a decimal point to many who type; thousands are never parted in a form.
            Threshold = Said("threshold").Replace(',', '.'),
            Target = Said("target").Replace(',', '.'),
            Stretch = Said("stretch").Replace(',', '.'),
        };
    }
}

/// <summary>What the list of targets is narrowed to.</summary>
/// <param name="Metric">Id of the metric; null for all.</param>
/// <param name="Whose"><c>company</c>, or <c>team:</c> and a key; null for all.</param>
/// <param name="On">In force on that day; null for whatever day.</param>
/// <param name="History">Whether what was replaced is listed, too.</param>
public sealed record TargetSearch(string? Metric, string? Whose, DateOnly? On, bool History)
{
    internal const string Company = "company", Team = "team:";

    /// <summary>The same for the store.</summary>
    internal TargetFilter Filter => new()
    {
        Metric = Metric,
        Team = Whose?.StartsWith(Team, StringComparison.Ordinal) == true ? Whose[Team.Length..] : null,
        OnlyCompany = Whose == Company,
        Day = On,
        WithReplaced = History,
    };

    internal static TargetSearch Read(string? metric, string? whose, string? on, bool? history) =>
        new(Some(metric), Some(whose), DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null, history == true);

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) || text.Contains('\0', StringComparison.Ordinal) ? null : text.Trim();
}

/// <summary>What the list of targets draws.</summary>
public sealed record TargetsModel
{
    public required PageFrame Frame { get; init; }
    public required TargetSearch Search { get; init; }
    public required TargetList List { get; init; }
    public required IReadOnlyList<FactChoice> Teams { get; init; }

    /// <summary>What was just done, in sentences.</summary>
    public required IReadOnlyList<string> Said { get; init; }

    /// <summary>What of a file could not be used, in sentences.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    public int Pages => (int)Math.Max(1, (List.Total + Data.DataEndpoint.OnPage - 1) / Data.DataEndpoint.OnPage);
}

/// <summary>What the form for a new target draws.</summary>
public sealed record NewTargetModel(PageFrame Frame, TargetText Text, IReadOnlyList<FactChoice> Teams, IReadOnlyList<string> Problems);

/// <summary>What the page of a target draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Target">The target as it is.</param>
/// <param name="Text">What the form holds.</param>
/// <param name="History">All there was of the metric for the same team, person or company.</param>
/// <param name="Problems">What was wrong with the last try.</param>
public sealed record TargetModel(PageFrame Frame, MetricTarget Target, TargetText Text, TargetList History, IReadOnlyList<string> Problems);
