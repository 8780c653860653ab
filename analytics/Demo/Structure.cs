namespace Followthrough.Analytics.Demo;

/// <summary>A region: its zone and the teams that serve its customers.</summary>
internal sealed record Region(string Name, string Code, string Zone, string AccountsTeam, string ProjectsTeam, string ServiceTeam)
{
    public string CalendarKey => $"hr:CAL-{Code}";

    /// <summary>The calendar of customers who were promised longer hours.</summary>
    public string LongHoursKey => CalendarKey + "-L";
}

/// <summary>
/// A team and how it behaves: median working hours to an answer, share of answers given without regard to working hours, share of
/// obligations nobody ever answers, share of weekly status reports that are written.
/// </summary>
internal sealed record TeamPlan(
    string Key, string Name, string Region, string Unit, double MedianHours, double AfterHours, double NeverAnswered, double Reporting);

/// <summary>How the company is built, with what is planted in it.</summary>
internal static class Structure
{
    /// <summary>Leaves a fifth of what its customers ask unanswered.</summary>
    public const string BadTeam = "hr:T-8";

    /// <summary>Moves nearly every date it would miss, in time and by the rules: late on the first date, on time on the one that stands.</summary>
    public const string RebaseliningTeam = "hr:T-6";

    /// <summary>Sends its invoices two months late.</summary>
    public const string LateInvoiceRegion = "Mountain";

    public static IReadOnlyList<TeamPlan> Teams { get; } =
    [
        new("hr:T-1", "Midwest Accounts", "Midwest", "Accounts", 1.3, 0.34, 0.012, 0.9),
        new("hr:T-2", "Northeast Accounts", "Northeast", "Accounts", 1.7, 0.30, 0.015, 0.9),
        new("hr:T-3", "Mountain Accounts", "Mountain", "Accounts", 2.1, 0.25, 0.02, 0.9),
        new("hr:T-4", "West Accounts", "West", "Accounts", 1.5, 0.38, 0.015, 0.9),
        new("hr:T-5", "Central Projects", "Midwest", "Projects", 2.2, 0.30, 0.018, 0.93),
        new("hr:T-6", "Coastal Projects", "Northeast", "Projects", 2.5, 0.28, 0.02, 0.78),
        new("hr:T-7", "Service East", "Northeast", "Service", 1.1, 0.55, 0.01, 0.86),
        new(BadTeam, "Service West", "West", "Service", 2.6, 0.22, 0.20, 0.7),
    ];

    public static IReadOnlyList<Region> Regions { get; } =
    [
        new("Midwest", "MW", "America/Chicago", "hr:T-1", "hr:T-5", "hr:T-7"),
        new("Northeast", "NE", "America/New_York", "hr:T-2", "hr:T-6", "hr:T-7"),
        new("Mountain", "MT", "America/Denver", "hr:T-3", "hr:T-5", BadTeam),
        new("West", "WE", "America/Los_Angeles", "hr:T-4", "hr:T-6", BadTeam),
    ];

    public static TeamPlan Team(string key) => Teams.First(t => t.Key == key);
}
