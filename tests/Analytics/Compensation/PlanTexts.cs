using Followthrough.Analytics.Compensation;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Plans as people write them.</summary>
internal static class PlanTexts
{
    internal static string AccountManager { get; } = PlanFiles.Example("account-manager", "EUR");

    internal static string ServiceTeam { get; } = PlanFiles.Example("service-team", "EUR");

    internal static string Sales { get; } = PlanFiles.Example("sales-commission", "EUR");
}
