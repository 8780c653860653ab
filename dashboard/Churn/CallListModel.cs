using Followthrough.Analytics.CallLists;
using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>What the page of all call lists draws.</summary>
public sealed record CallListsModel
{
    public required PageFrame Frame { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<CallList> Lists { get; init; }

    /// <summary>Whose customers a list can be about.</summary>
    public required FilterChoices Choices { get; init; }

    /// <summary>From what a list would be made now; null when nothing is scored yet.</summary>
    public required Scoring? Scoring { get; init; }

    public required CallListForm Form { get; init; }

    /// <summary>What is wrong with the form, in sentences.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}

/// <summary>What the page of one call list draws.</summary>
public sealed record CallListModel
{
    private const int RecordedShown = 4;

    public required PageFrame Frame { get; init; }
    public required CallList List { get; init; }
    public required IReadOnlyList<CallListRow> Rows { get; init; }

    /// <summary>What the viewer recorded a moment ago and can still take back, the latest first.</summary>
    public required IReadOnlyList<RecordedOutcome> Recorded { get; init; }

    /// <summary>What became of the last click or file, in sentences.</summary>
    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>What of a file could not be used, with its line; the rest was.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Whether the viewer may say what came of calls: he is a person of ours, and the list is open.</summary>
    public bool MayRecord => List.ClosedAt is null && Frame.Who.StaffKey is not null && Frame.Who.May(Right.Call);

    /// <summary>Whether he may close it: who works a part of it may not.</summary>
    public bool MayClose => List is { ClosedAt: null, IsWhole: true } && Frame.Who.May(Right.Call);

    /// <summary>Whose customers, as headings say it.</summary>
    public string Title => $"Call list {List.Id}{(List.Whose is { } whose ? $", {whose}" : "")}";

    /// <summary>The finding.</summary>
    public string Sentence =>
        $"{Figures.Count(List.Done)} of {Figures.Count(List.Calls, "customer", "customers")} have heard from us since {Moments.Zoned(List.MadeAt, Frame.Zone)}."
        + (Rows.GroupBy(row => row.Currency).ToList() is [{ Key: { } currency } only] ? $" {ChurnWords.Money(only.Sum(row => row.AtStake), currency)} of next year's revenue is at stake." : "")
        + (List.IsWhole ? "" : " Of this list you see the customers you answer for.");

    /// <summary>Null for a list that is not there, or not for this viewer.</summary>
    internal static async Task<CallListModel?> ReadAsync(PageFrame frame, NpgsqlDataSource db, CallListStore lists, long id, CancellationToken ct)
    {
        if (await lists.FindAsync(frame.Viewer, id, ct) is not { } list) return null;
        var mine = await RecordedOutcome.ReadAsync(db, frame.Viewer.Name, frame.Now - OutcomeDesk.Undoable, RecordedShown, ct);
        return new CallListModel
        {
            Frame = frame,
            List = list,
            Rows = await lists.RowsAsync(frame.Viewer, list, null, ct),
            Recorded = [.. mine.Where(outcome => outcome.Kind == Addressed.Call && outcome.CommitmentKey == FormattableString.Invariant($"{id}"))],
        };
    }
}
