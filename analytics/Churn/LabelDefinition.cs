namespace Followthrough.Analytics.Churn;

/// <summary>How a customer is seen to have left.</summary>
public enum LabelKind
{
    /// <summary>Without a contract nothing says that it ended: no order for a whole horizon is taken for leaving.</summary>
    NoOrder,

    /// <summary>A contract that ends is not renewed within its grace.</summary>
    NotRenewed,
}

/// <summary>
/// What counts as churn at a cut: what happens in (cut + gap, cut + gap + horizon]. A stored version never changes; models, figures and
/// scores name theirs.
/// </summary>
public sealed record LabelDefinition
{
    /// <summary>Its number in the store; null before it is stored.</summary>
    public int? Version { get; init; }

    public required LabelKind Kind { get; init; }

    /// <summary>Days after the cut that do not count: the time it takes to act.</summary>
    public required int GapDays { get; init; }

    /// <summary>Days looked at after the gap, for segments that <see cref="HorizonOfSegment"/> does not name.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>Days looked at after the gap, by segment.</summary>
    public IReadOnlyDictionary<string, int> HorizonOfSegment { get; init; } = new Dictionary<string, int>();

    /// <summary>Only who ordered within so many months before the cut can leave.</summary>
    public int LookbackMonths { get; init; } = 24;

    /// <summary>Days after its end in which a contract can still be renewed.</summary>
    public int GraceDays { get; init; } = 30;

    /// <summary>Days after a cut until every label of it is known, the longest horizon taken.</summary>
    public int MaturesAfterDays => GapDays + HorizonOfSegment.Values.Append(HorizonDays).Max() + (Kind == LabelKind.NotRenewed ? GraceDays : 0);

    /// <summary>Days looked at after the gap, for a customer of that segment.</summary>
    public int HorizonFor(string? segment) => segment is null ? HorizonDays : HorizonOfSegment.GetValueOrDefault(segment, HorizonDays);
}
