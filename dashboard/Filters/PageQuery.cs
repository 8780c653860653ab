using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Filters;

/// <summary>What a page is asked for, as its address says it: whatever can be seen can be linked to.</summary>
public sealed record PageQuery
{
    /// <summary>Rows on a page when the address does not say.</summary>
    public const int UsualSize = 50;

    /// <summary>What addresses write for “without any”: no team, no person, no region, no segment.</summary>
    public const string None = "~";

    /// <summary>What addresses write for “as now known”, also of closed quarters.</summary>
    public const string Now = "now";

    /// <summary>Page sizes one can choose from.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [25, UsualSize, 100];

    /// <summary>The period shown; the current quarter, fiscal where the company has one of its own, when the address does not say.</summary>
    public required Period Period { get; init; }

    /// <summary>True when the address names the period.</summary>
    public bool PeriodGiven { get; init; }

    public string? Team { get; init; }
    public string? Person { get; init; }
    public string? Account { get; init; }
    public string? Region { get; init; }
    public string? Segment { get; init; }
    public string? Channel { get; init; }
    public string? Kind { get; init; }
    public CommitmentStatus? Status { get; init; }

    /// <summary>Only rows that took so long; null for all.</summary>
    public Lasted? Lasted { get; init; }

    /// <summary>The statement of pay that the rows lead back to, as its run and person; null for none. It narrows nothing.</summary>
    public string? Statement { get; init; }

    /// <summary>As known then; null is now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Closed quarters as they are known now, not as they were reported.</summary>
    public bool AsNowKnown { get; init; }

    /// <summary>The as-of as the address gives it; null is now.</summary>
    public string? AsOfText { get; init; }

    public CommitmentSort Sort { get; init; } = CommitmentSort.OpenedAt;
    public bool Descending { get; init; } = true;

    /// <summary>Page of a list, from 1.</summary>
    public int Page { get; init; } = 1;

    public int Size { get; init; } = UsualSize;

    /// <summary>What a metric is split by.</summary>
    public Dimension By { get; init; } = Dimension.Team;

    /// <summary>What only this page is asked for; its addresses keep it. Null values are left out.</summary>
    public IReadOnlyList<(string Name, string? Value)> Own { get; init; } = [];

    /// <summary>True when a filter beyond the period, the as-of and the kind narrows the rows.</summary>
    public bool IsNarrowed => Team is not null || Person is not null || Account is not null || Status is not null || Lasted is not null || Grouped.Any();

    /// <summary>The groups of customers or contacts it is narrowed to, each with the name of its parameter.</summary>
    public IEnumerable<(string Name, string Value)> Grouped =>
        new[] { ("region", Region), ("segment", Segment), ("channel", Channel) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!));

    /// <summary>The same question, for the query object.</summary>
    public MetricQuery For(Viewer viewer, string metric) => new()
    {
        Metric = metric,
        Period = Period,
        Team = Key(Team),
        Staff = Key(Person),
        Account = Account,
        Region = Key(Region),
        Segment = Key(Segment),
        Channel = Channel,
        Status = Status,
        Lasted = Lasted,
        AsOf = AsOf,
        AsNowKnown = AsNowKnown,
        Viewer = viewer,
    };

    /// <summary>The address of another screen about the same period, as known at the same time.</summary>
    public string Carry(string path, params (string Name, string? Value)[] changes) => Address(path, Frame(), changes);

    /// <summary>This screen's address with some of it changed. Any change but of the page itself leads back to the first page.</summary>
    public string Same(string path, params (string Name, string? Value)[] changes) =>
        Address(path, [.. Frame(), .. Narrowing(), .. Listing(keepPage: changes is [("page", _)])], changes);

    /// <summary>What a form keeps besides the fields it shows.</summary>
    public IEnumerable<(string Name, string Value)> Kept(params string[] shown) =>
        Frame().Concat(Narrowing()).Concat(Listing(keepPage: false))
            .Where(pair => pair.Value is not null && !shown.Contains(pair.Name))
            .Select(pair => (pair.Name, pair.Value!));

    private static string? Key(string? asked) => asked == None ? MetricQuery.None : asked;

    private IEnumerable<(string Name, string? Value)> Frame() =>
        [("period", PeriodGiven ? Period.Label : null), ("asof", AsOfText)];

    private IEnumerable<(string Name, string? Value)> Common =>
    [
        ("team", Team), ("person", Person), ("account", Account), ("region", Region), ("segment", Segment), ("channel", Channel), ("kind", Kind), ("status", Status is { } status ? Word(status) : null),
        ("took", Lasted?.Label), ("statement", Statement),
    ];

    private IEnumerable<(string Name, string? Value)> Narrowing() =>
    [
        // A page that asks for one of these by itself says so once.
        .. Common.Where(pair => !Own.Any(own => own.Name == pair.Name)), .. Own,
    ];

    private IEnumerable<(string Name, string? Value)> Listing(bool keepPage) =>
    [
        ("by", By == Dimension.Team ? null : Word(By)),
        ("sort", Sort == CommitmentSort.OpenedAt ? null : Word(Sort)),
        ("dir", Descending ? null : "asc"),
        ("size", Size == UsualSize ? null : Size.ToString(CultureInfo.InvariantCulture)),
        ("page", keepPage && Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
    ];

    /// <summary>A value of a closed set as addresses write it.</summary>
    internal static string Word<T>(T value) where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Address(string path, IEnumerable<(string Name, string? Value)> pairs, (string Name, string? Value)[] changes)
    {
        var kept = pairs.Where(pair => !changes.Any(change => change.Name == pair.Name));
        var query = string.Join('&', kept.Concat(changes)
            .Where(pair => pair.Value is not null)
            .Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}
