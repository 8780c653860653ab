using System.CommandLine;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Replaying;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Ingest.Sweeping;
using Followthrough.Ingest.TieOuts;

var root = new RootCommand("Brings files, webhooks and event streams into Followthrough as facts.")
{
    LoadCommand.Create(),
    WatchCommand.Create(),
    MapCommand.Create(),
    ReplayCommand.Create(),
    SweepCommand.Create(),
    TieOutCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
