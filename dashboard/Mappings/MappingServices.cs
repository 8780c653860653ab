using Followthrough.Ingest.Mappings;

namespace Followthrough.Dashboard.Mappings;

/// <summary>What connecting files on the screen stands on.</summary>
internal static class MappingServices
{
    internal static void AddMappings(this IServiceCollection services)
    {
        services.AddSingleton<OwnMappings>();
        services.AddSingleton<UploadedSamples>();
        services.AddSingleton<SampleLoads>();
        services.AddHostedService<SampleSweep>();
    }
}
