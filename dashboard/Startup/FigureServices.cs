using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Audits;
using Followthrough.Dashboard.Audits.Projects;
using Followthrough.Dashboard.Audits.Report;
using Followthrough.Dashboard.Scorecards;
using Npgsql;

namespace Followthrough.Dashboard.Startup;

/// <summary>Figures for each request, and what is kept of them between requests.</summary>
internal static class FigureServices
{
    internal static void AddFigures(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<FigureCache>();
        services.AddSingleton<KnownMoments>();
        services.AddScoped<QuarterReader>();
        services.AddScoped<ReportReader>();
        services.AddSingleton<KeptReports>();
        services.AddSingleton<ReportReadings>();
        services.AddScoped<QuarterSigning>();
        services.AddScoped<WorkspaceReader>();
        services.AddSingleton<AuditActs>();
        services.AddScoped<AuditCalls>();
        services.AddScoped<ScoreReader>();
        services.AddScoped<ScoreSheets>();
        services.AddScoped(request => new MetricReader(
            request.GetRequiredService<NpgsqlDataSource>(), request.GetRequiredService<TimeProvider>(),
            request.GetRequiredService<FigureCache>(), request.GetRequiredService<KnownMoments>())
        {
            // Read with who asks; nothing of the request can rest on older data.
            Version = request.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<Standing>()?.Version,
        });
    }
}
