using System.Globalization;
using Followthrough.Bench;

// refresh SIZE… [--duckdb FOLDER]: what a refresh costs at each size, the last one against its rebuild and against the first.
// ingest ROWS: what bringing rows in costs, against COPY.
// churn ACCOUNTS: training against python3-xgboost, scoring, and the features of so many accounts.
// pay PEOPLE: a pay run for so many, drafted, reviewed, locked and looked back at.
// dashboard SIZE: what pages, the API and files cost, against PostgreSQL and Kestrel alone. constant, stall: those that it measures itself against.
if (args is ["ingest", var rows])
{
    await new IngestBench(long.Parse(rows, CultureInfo.InvariantCulture)).RunAsync(CancellationToken.None);
    return 0;
}
if (args is ["churn", var accounts])
{
    await new ChurnBench(int.Parse(accounts, CultureInfo.InvariantCulture)).RunAsync(CancellationToken.None);
    return 0;
}
if (args is ["pay", var people])
{
    await new PayBench(int.Parse(people, CultureInfo.InvariantCulture)).RunAsync(CancellationToken.None);
    return 0;
}
if (args is ["dashboard", var some])
{
    await new DashboardBench(long.Parse(some, CultureInfo.InvariantCulture)).RunAsync(CancellationToken.None);
    return 0;
}
if (args is ["constant" or "stall", var bytes])
{
    await ConstantServer.RunAsync(int.Parse(bytes, CultureInfo.InvariantCulture), stalls: args[0] == "stall");
    return 0;
}
if (args is not ["refresh", .. var rest])
{
    Console.Error.WriteLine("Usage: refresh SIZE... [--duckdb FOLDER] | ingest ROWS | churn ACCOUNTS | pay PEOPLE | dashboard SIZE");
    return 2;
}
var duckDb = Array.IndexOf(rest, "--duckdb") is >= 0 and var at ? rest[at + 1] : null;
var sizes = rest.TakeWhile(a => a != "--duckdb").Select(a => long.Parse(a, CultureInfo.InvariantCulture)).ToList();
var results = new List<RefreshResult>();
foreach (var size in sizes) results.Add(await new RefreshBench(size, duckDb).RunAsync(CancellationToken.None));
RefreshResult.Conclude(results);
return 0;
