using System.CommandLine;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Ingest.Sources.Webhooks;

var root = new RootCommand("Brings files, webhooks and event streams into Followthrough as facts.")
{
    LoadCommand.Create(),
    WatchCommand.Create(),
    MapCommand.Create(),
    HookCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
