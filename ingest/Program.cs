using System.CommandLine;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Replaying;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Ingest.Sources.Webhooks;
using Followthrough.Ingest.Sweeping;
using Followthrough.Ingest.TieOuts;

var root = new RootCommand("Brings files, webhooks and event streams into Followthrough as facts.")
{
    LoadCommand.Create(),
    WatchCommand.Create(),
    StreamCommand.Create(),
    PublishCommand.Create(),
    MapCommand.Create(),
    FactsCommand.Create(),
    HookCommand.Create(),
    ReplayCommand.Create(),
    SweepCommand.Create(),
    TieOutCommand.Create(),
    IdentityCommand.Create(),
};
// A stream brings in what it has received before it stops.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
