using System.CommandLine;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Demo;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Jobs;
using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;

var root = new RootCommand("Derives Followthrough's ledger and figures from facts.")
{
    LedgerCommands.Refresh(),
    LedgerCommands.Rebuild(),
    ServeCommand.Create(),
    MetricsCommand.Create(),
    MetricCommand.Create(),
    CohortsCommand.Create(),
    TrainCommand.Create(),
    ScoreCommand.Create(),
    ModelCommand.Create(),
    PayCommand.Create(),
    CloseCommand.Create(),
    BundleCommands.Bundle(),
    BundleCommands.Verify(),
    CompanyCommand.Create(),
    TargetsCommand.Create(),
    DemoCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
