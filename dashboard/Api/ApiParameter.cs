using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Api;

/// <summary>A parameter of an address, with the words that say what it takes.</summary>
internal sealed record ApiParameter(string Name, string Meaning)
{
    /// <summary>Rows on a page when the address does not say.</summary>
    internal const int UsualSize = 100;

    /// <summary>The most a page has.</summary>
    internal const int LargestSize = 1000;

    internal static ApiParameter AsOf { get; } = new("asof", "As known then: a day, whose end is meant, or an instant, 2026-09-30T12:00Z; now when it is not given. The word now states closed quarters as they are now known, not as they were reported.");

    /// <summary>Which facts count, as known when.</summary>
    internal static IReadOnlyList<ApiParameter> Frame { get; } =
    [
        new("period", $"The period that counts, written {PeriodLabel.Forms}; the current quarter when it is not given."),
        new("from", "First day of a period of your own, 2026-07-01; goes with to."),
        new("to", "Last day of a period of your own, 2026-09-30; goes with from."),
        AsOf,
    ];

    /// <summary>Whose they are.</summary>
    internal static IReadOnlyList<ApiParameter> Filters { get; } =
    [
        new("team", "Key of a team."), new("person", "Key of a person."), new("account", "Key of an account."), new("region", "Region of the account."),
        new("segment", "Segment of the account."), new("channel", "Channel, for example email."),
    ];

    internal static ApiParameter By { get; } = new("by", $"Splits the figure as well: {Words<Dimension>()}.");

    internal static ApiParameter Durations { get; } =
        new("durations", "no leaves medians out, and rates in whole months are then answered at once, however large the ledger; yes when it is not given.");

    internal static ApiParameter Kind { get; } = new("kind", $"Kind of commitment: {string.Join(", ", MetricCatalogue.Commitments.Select(m => m.Kind).Distinct())}.");

    internal static ApiParameter Status { get; } = new("status", $"Only commitments that stand so: {Words<CommitmentStatus>()}.");

    /// <summary>Page by page.</summary>
    internal static IReadOnlyList<ApiParameter> Paging { get; } =
    [
        new("size", $"Rows on a page, 1 to {LargestSize}; {UsualSize} when it is not given."),
        new("cursor", "Where the last page ended: next_cursor of its answer."),
    ];

    private static string Words<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(PageQuery.Word));
}

/// <summary>The parameters an endpoint understands; any other is refused by its name.</summary>
internal sealed record ApiParameters(IReadOnlyList<ApiParameter> All)
{
    internal bool Knows(string name) => All.Any(parameter => parameter.Name == name) || (name == "as-of" && Knows("asof"));
}
