using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What one run's page draws.</summary>
public sealed record RunModel
{
    /// <summary>The page it stands on.</summary>
    public required PageFrame Frame { get; init; }

    /// <summary>The run, with the sums over the statements.</summary>
    public required PayRunView Run { get; init; }

    /// <summary>Those the viewer may see.</summary>
    public required IReadOnlyList<StatementView> Statements { get; init; }

    /// <summary>What was done to it.</summary>
    public required IReadOnlyList<PayStep> Steps { get; init; }

    /// <summary>What stands in the way of the viewer's own approval; null for nothing, and for who may not approve.</summary>
    public required string? Obstacle { get; init; }

    /// <summary>Who can take which part in it.</summary>
    public required RunParts Parts { get; init; }

    /// <summary>Its own held lines; null where it holds none.</summary>
    public required HeldModel? Held { get; init; }

    /// <summary>What earlier locked runs of the plan still hold; null for nothing.</summary>
    public required HeldModel? StillHeld { get; init; }

    /// <summary>How many lines of earlier runs nothing has decided, neither a run before nor this one.</summary>
    public int Undecided => StillHeld?.Lines.Count(line => line.DecidedIn is null) ?? 0;

    /// <summary>How what it knows relates to closed quarters, in sentences.</summary>
    public required IReadOnlyList<string> Knowledge { get; init; }

    /// <summary>Where the plan's targets are others than those of every other page, in sentences.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>What the list of people is narrowed to.</summary>
    public required RunFilter Filter { get; init; }

    /// <summary>Why what was asked was not done.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The statements that fit the filter.</summary>
    public IReadOnlyList<StatementView> Shown => field ??= [.. Statements.Where(Fits)];

    /// <summary>Those of them on the page that is asked for; of a page past the end the last.</summary>
    public IReadOnlyList<StatementView> OnPage => [.. Shown.Skip((Page - 1) * Frame.Query.Size).Take(Frame.Query.Size)];

    /// <summary>How many pages there are, at least one.</summary>
    public int Pages => Math.Max(1, (Shown.Count + Frame.Query.Size - 1) / Frame.Query.Size);

    /// <summary>Which of them it is, from 1.</summary>
    public int Page => Math.Min(Frame.Query.Page, Pages);

    /// <summary>The statements that wait for the viewer's review: his own apart.</summary>
    public IReadOnlyList<StatementView> ToReview => [.. Statements.Where(s => !s.IsReviewed && s.Staff != Frame.Who.StaffKey)];

    /// <summary>Whether a statement was reviewed as it stands: what was reviewed before a draft was made of it again does not count.</summary>
    public bool IsReviewed(StatementView statement) => Run.Run.State == PayRunState.Locked || (Run.Run.State == PayRunState.Review && statement.IsReviewed);

    private bool Fits(StatementView statement) =>
        (Filter.Who is not { } who || statement.Name.Contains(who, StringComparison.OrdinalIgnoreCase) || statement.Staff.Contains(who, StringComparison.OrdinalIgnoreCase))
        && Filter.Show switch
        {
            RunShow.Held => statement.Held != 0 || Held?.Lines.Any(line => line.Staff == statement.Staff) == true,
            RunShow.Unreviewed => !IsReviewed(statement),
            _ => true,
        };
}

/// <summary>Which of a run's people are listed.</summary>
public enum RunShow { Held, Unreviewed }

/// <summary>What the list of a run's people is narrowed to.</summary>
/// <param name="Who">Part of a name or key; null for all.</param>
/// <param name="Show">Those with held lines, or who wait for a review; null for all.</param>
public sealed record RunFilter(string? Who, RunShow? Show)
{
    /// <summary>Whether it narrows anything.</summary>
    public bool IsNarrow => Who is not null || Show is not null;

    internal static (RunFilter Filter, PageFrame Frame) Read(PageFrame asked, IQueryCollection address)
    {
        var problems = new List<string>(asked.Problems);
        var filter = new RunFilter(OwnWords.Text(address, "who", problems), OwnWords.Choice<RunShow>(address, "show", problems));
        (string, string?)[] own = [("who", filter.Who), ("show", filter.Show is { } show ? PageQuery.Word(show) : null)];
        return (filter, asked with { Problems = problems, Query = asked.Query with { Own = own } });
    }
}
