using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>Facts that come into a running dashboard's store as a file.</summary>
internal static class SmallFacts
{
    internal static async Task AccountAsync(DashboardHost host, string key)
    {
        var folder = Directory.CreateTempSubdirectory("followthrough-fact-");
        try
        {
            await CanonicalCsv.WriteAsync(folder.FullName, [Given.Account(key)], TestContext.Current.CancellationToken);
            // A dashboard starts by the first question to it.
            var files = await host.PartAsync<KeptFiles>();
            var report = await new Loader(host.Database.DataSource, files, new StoppedClock(SmallCompany.Now))
                .LoadAsync(new LoadRequest { Path = folder.FullName }, null, TestContext.Current.CancellationToken);
            Assert.Equal(0, report.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
