using System.Globalization;
using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Facts about work under way, with only what a test is about; see <see cref="Given"/>.</summary>
internal static class GivenProject
{
    internal static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    internal static Project Project(string account, string key, string start, string? accepted = null, string? cancelled = null, string? manager = null) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(start),
        Name = $"Project {key}",
        ContractType = ContractType.FixedPrice,
        ManagerKey = manager,
        AcceptedAt = AtOrNull(accepted),
        CancelledAt = AtOrNull(cancelled),
    };

    /// <summary>A milestone called after its key, with its first agreed date.</summary>
    internal static Fact[] Milestone(string account, string project, string key, string agreed, string due, string? accepted = null) =>
    [
        new Milestone { SourceKey = key, Account = account, OccurredAt = Given.At(agreed), ProjectKey = project, Name = key, AcceptedAt = AtOrNull(accepted) },
        Baseline(account, key, 0, agreed, due),
    ];

    internal static MilestoneBaseline Baseline(string account, string milestone, int version, string at, string due, string? acknowledged = null) => new()
    {
        SourceKey = $"{milestone}-B{version}",
        Account = account,
        OccurredAt = Given.At(at),
        MilestoneKey = milestone,
        Version = version,
        DueOn = Day(due),
        AcknowledgedAt = AtOrNull(acknowledged),
    };

    internal static MilestoneForecast Forecast(string account, string milestone, string at, string expected) => new()
    {
        SourceKey = $"{milestone}-F{at}",
        Account = account,
        OccurredAt = Given.At(at),
        MilestoneKey = milestone,
        ForecastOn = Day(expected),
    };

    private static DateTimeOffset? AtOrNull(string? text) => text is null ? null : Given.At(text);
}
