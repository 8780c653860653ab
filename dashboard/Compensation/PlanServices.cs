using Followthrough.Analytics.Compensation;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What the screens of pay plans need.</summary>
internal static class PlanServices
{
    internal static void AddPayPlans(this IServiceCollection services)
    {
        services.AddSingleton<PayPlanStore>();
        services.AddSingleton<PayMembers>();
        services.AddSingleton<CreditSplits>();
        services.AddSingleton<PlanDesk>();
        services.AddSingleton<RunSteps>();
        services.AddSingleton<DisputeSteps>();
    }
}
