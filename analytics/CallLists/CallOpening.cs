using System.Globalization;

namespace Followthrough.Analytics.CallLists;

/// <summary>A sentence to begin the call with: what lies between us and the customer first, then what the risk comes from.</summary>
public static class CallOpening
{
    /// <summary>For a customer of a list; days as the given zone has them.</summary>
    public static string Of(CallListRow row, TimeZoneInfo zone)
    {
        if (row.Issue is { } issue) return $"Say where we are with “{issue.Title}”, open since {Day(issue.At, zone)}, before anything else.";
        if (row.Promise is { } promise) return $"We promised “{promise.Content}” for {Day(promise.DueAt, zone)} and did not keep it: say so, and agree a new date.";
        return row.Reasons.Where(reason => reason.Weight > 0).Select(reason => OfGroup(reason.Group)).FirstOrDefault(said => said is not null)
            ?? "Ask how it is going, and what they plan in the coming months.";
    }

    private static string? OfGroup(string group) => group switch
    {
        "answers" => "Own up to our slow answers, and ask what is still open for them.",
        "promises" => "Speak about the dates we missed, and say what has changed since.",
        "contact" => "Say that they have not heard from us for long; ask how it is going.",
        "orders" => "Ask what they plan next, and who else they are talking to.",
        "requests" => "Come back to what they asked for last, and ask what became of it.",
        "issues" => "Ask whether what went wrong is settled in their eyes.",
        "surveys" => "Thank them for their survey answer, and ask what would have made it better.",
        "people" => "Introduce yourself to whoever came after the people we knew.",
        "money" => "Ask whether our invoices are as they expect them.",
        _ => null,
    };

    private static string Day(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
