using Followthrough.Analytics.Store;

namespace Followthrough.Dashboard.Startup;

/// <summary>Opens what the program stands on. What an operator can put right is told in a sentence, not as a stack trace.</summary>
internal static class Opening
{
    /// <summary>The store; null when it cannot be opened, which is then on the console.</summary>
    internal static async Task<(DashboardOptions Options, AnalyticsStore Store)?> TryAsync(IConfiguration configuration)
    {
        try
        {
            var options = DashboardOptions.Read(configuration);
            if (!options.IsPortFree) throw new ArgumentException(Taken(options));
            var folder = options.DataFolder is { } named ? DataFolder.At(named) : DataFolder.Default();
            var connection = await StoreConnection.CompleteAsync(
                configuration.GetConnectionString("Analytics"), configuration[AnalyticsStore.PasswordFileVariable], CancellationToken.None);
            return (options, await AnalyticsStore.OpenAsync(folder, connection, AnalyticsStore.Patience, TimeProvider.System, CancellationToken.None));
        }
        catch (Exception refused) when (refused is StoreException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return null;
        }
    }

    /// <summary>Serves until it is stopped; the program's exit code.</summary>
    internal static async Task<int> ServeAsync(this WebApplication app, DashboardOptions options)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync(Taken(options));
            return 1;
        }
    }

    private static string Taken(DashboardOptions options) =>
        $"Port {options.Port} is taken, perhaps by a dashboard that already runs. Another one is chosen with --port.";
}
