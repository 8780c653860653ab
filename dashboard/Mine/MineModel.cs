using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Mine;

/// <summary>What My commitments draws.</summary>
public sealed record MineModel
{
    internal const string Path = "/mine";
    internal const string ListPath = Path + "/list";
    internal const string OutcomePath = Path + "/outcomes";

    /// <summary>Rows of an urgency until all are asked for.</summary>
    internal const int Few = 25;

    /// <summary>Rows of an urgency at most: more than anybody does in a day.</summary>
    internal const int Most = 500;

    public required PageFrame Frame { get; init; }

    /// <summary>Whose list it is; null while nobody has been chosen.</summary>
    public required FilterChoice? Person { get; init; }

    /// <summary>Whose lists the viewer may see.</summary>
    public required IReadOnlyList<FilterChoice> People { get; init; }

    public required Owed Owed { get; init; }

    /// <summary>What the viewer did a moment ago and can still take back, the latest first.</summary>
    public required IReadOnlyList<RecordedOutcome> Recorded { get; init; }

    /// <summary>Whether the viewer may say that something was done: he is the person, or manages him.</summary>
    public required bool MayRecord { get; init; }

    /// <summary>Whether the viewer leads a team or people.</summary>
    public required bool Leads { get; init; }

    /// <summary>Open call lists with customers of the viewer's who have not heard from us yet; the newest first.</summary>
    public IReadOnlyList<CallList> Calls { get; init; } = [];

    /// <summary>What became of the last click, where that is not plain to see; null otherwise.</summary>
    public string? Said { get; init; }

    /// <summary>Whether all rows were asked for.</summary>
    public required bool ShowsAll { get; init; }

    /// <summary>True when it is the viewer's own list.</summary>
    public bool IsOwn => Person is not null && Person.Key == Frame.Who.StaffKey;

    /// <summary>Stands for what is shown: while it stays the same nothing has to be drawn anew.</summary>
    internal string Seen
    {
        get
        {
            var shown = Owed.Rows.Select(row => $"{row.Urgency} {row.Total} {row.Id} {row.DueAt.UtcTicks} {row.Reminders}").Concat(Recorded.Select(outcome => outcome.Id.ToString()));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', shown))))[..16];
        }
    }

    /// <summary>This list with some of it changed.</summary>
    internal string To(string path, params (string Name, string? Value)[] changes) => Frame.Query.Same(path, changes);
}
