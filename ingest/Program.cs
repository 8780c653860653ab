using System.CommandLine;
using Followthrough.Ingest.Loading;

var root = new RootCommand("Brings files, webhooks and event streams into Followthrough as facts.")
{
    LoadCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
