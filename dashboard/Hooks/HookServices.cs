using Followthrough.Ingest.Sources.Webhooks;
using Microsoft.Extensions.Options;

namespace Followthrough.Dashboard.Hooks;

/// <summary>What taking in webhooks and facts from programs stands on.</summary>
internal static class HookServices
{
    internal static void AddHooks(this IServiceCollection services)
    {
        services.AddOptions<HookOptions>().BindConfiguration("Hooks").ValidateOnStart();
        services.AddSingleton<IValidateOptions<HookOptions>, HookOptionsCheck>();
        services.AddSingleton<HookLimits>();
        services.AddSingleton<HookMappings>();
        services.AddSingleton<HookSecrets>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<SourceDesk>();
        services.AddSingleton<ApiTokens>();
    }
}
