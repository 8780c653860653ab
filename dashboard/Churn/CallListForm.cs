using System.Globalization;
using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Churn;

/// <summary>The form for a new list, as it was filled in.</summary>
/// <param name="Whose">“team:KEY”, “person:KEY” or nothing for everybody's.</param>
/// <param name="Capacity">How many calls.</param>
/// <param name="QuietDays">For how long customers are left in peace.</param>
/// <param name="Weekly">“yes” when the next one is to be made by itself.</param>
public sealed record CallListForm(string? Whose, string? Capacity, string? QuietDays, string? Weekly)
{
    internal const string Team = "team:", Person = "person:", Yes = "yes";

    /// <summary>What is asked for; or what is wrong with it, in sentences.</summary>
    internal bool TryRead(PageFrame frame, FilterChoices choices, out CallListRequest request, out List<string> problems)
    {
        problems = [];
        var capacity = Number(Capacity, CallListRequest.UsualCapacity, 1, CallListRequest.MostCalls, "The number of calls", problems);
        var quiet = Number(QuietDays, CallListRequest.UsualQuietDays, 0, CallListRequest.MostQuietDays, "The days to leave customers in peace", problems);
        var (team, person) = (Key(Team), Key(Person));
        var known = team is not null ? choices.Teams.Any(t => t.Key == team)
            : person is not null ? choices.People.Any(p => p.Key == person)
            : string.IsNullOrEmpty(Whose) && frame.Viewer is { Teams: null, Staff: null };
        if (!known) problems.Add("Choose whose customers the list is about.");
        request = new CallListRequest { Team = team, Staff = person, Capacity = capacity, QuietDays = quiet, Weekly = Weekly == Yes, MadeBy = frame.Viewer.Name };
        return problems.Count == 0;
    }

    /// <summary>The same for the log.</summary>
    internal string InWords(FilterChoices choices)
    {
        var whose = Key(Team) is { } team ? choices.Teams.First(t => t.Key == team).Name : Key(Person) is { } person ? choices.People.First(p => p.Key == person).Name : "everybody's customers";
        return $"{whose}, room for {Capacity} calls{(Weekly == Yes ? ", each week" : "")}";
    }

    private string? Key(string kind) => Whose?.StartsWith(kind, StringComparison.Ordinal) == true ? Whose[kind.Length..] : null;

    private static int Number(string? text, int usual, int least, int most, string what, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text)) return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        problems.Add($"{what} must be a whole number from {least} to {most}; “{text}” is not.");
        return usual;
    }
}
