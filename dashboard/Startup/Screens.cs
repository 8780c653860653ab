using Followthrough.Dashboard.Access.Own;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Admin;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Audits;
using Followthrough.Dashboard.Churn;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Compensation;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Metrics;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Overview;
using Followthrough.Dashboard.People;
using Followthrough.Dashboard.Scorecards;

namespace Followthrough.Dashboard.Startup;

/// <summary>Every screen behind the sign-in, in the order of the sidebar.</summary>
internal static class Screens
{
    internal static void MapScreens(this IEndpointRouteBuilder pages)
    {
        pages.MapOverview();
        pages.MapCommitments();
        pages.MapCommitment();
        pages.MapAccountSearch();
        pages.MapMetrics();
        pages.MapPeople();
        pages.MapScorecards();
        pages.MapAccounts();
        pages.MapMine();
        pages.MapPay();
        pages.MapPlans();
        pages.MapChurn();
        pages.MapAudits();
        pages.MapData();
        pages.MapRowExports();
        pages.MapApiPage();
        pages.MapSettings();
        pages.MapAdmin();
    }
}
