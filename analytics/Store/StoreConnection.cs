using Npgsql;

namespace Followthrough.Analytics.Store;

/// <summary>The pool over a connection string, and the check that a server of somebody else's will do. No message holds the password.</summary>
internal static class StoreConnection
{
    // Three programs share the server's 100 connections.
    private const int LargestPool = 30;

    /// <summary>The connection string with the password of the file, where one is named.</summary>
    internal static async Task<string?> CompleteAsync(string? connectionString, string? passwordFile, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(passwordFile)) return connectionString;
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new StoreException($"{AnalyticsStore.PasswordFileVariable} is given, but no server: {AnalyticsStore.ConnectionVariable} names it.");
        var settings = Read(connectionString);
        if (!string.IsNullOrEmpty(settings.Password))
            throw new StoreException($"The password is given twice: in {AnalyticsStore.ConnectionVariable} and by {AnalyticsStore.PasswordFileVariable}. Leave one out.");
        settings.Password = await SecretFile.ReadAsync(passwordFile, cancellation);
        return settings.ConnectionString;
    }

    internal static NpgsqlDataSource Pool(string connectionString)
    {
        var settings = Read(connectionString);
        settings.Timezone = "UTC";
        if (!settings.ContainsKey("Maximum Pool Size"))
            settings.MaxPoolSize = LargestPool;
        if (string.IsNullOrEmpty(settings.ApplicationName))
            settings.ApplicationName = "followthrough";
        return NpgsqlDataSource.Create(settings);
    }

    internal static async Task CheckAsync(NpgsqlDataSource source, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            var version = await ServerWait.UntilReadyAsync(source, patience, time, cancellation);
            if (version.Major < PostgresBinaries.OldestMajor)
                throw new StoreException($"The server at {Where(source)} is PostgreSQL {version}; {PostgresBinaries.OldestMajor} or newer is needed.");
        }
        catch (NpgsqlException refused)
        {
            throw new StoreException($"The database at {Where(source)} cannot be used: {Advice(refused)}", refused);
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            // Not passed on as the inner exception: its message may quote what was given, password included.
            throw new StoreException(
                $"{AnalyticsStore.ConnectionVariable} is not a connection string such as 'Host=db;Database=followthrough;Username=app;Password=…'.");
        }
    }

    private static string Where(NpgsqlDataSource source)
    {
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return $"{settings.Host}:{settings.Port}, database {settings.Database ?? settings.Username}, user {settings.Username}";
    }

    private static string Advice(NpgsqlException refused) => (refused as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidCatalogName => "there is no such database. Create it (createdb) and grant it to the user.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"user or password are refused. Correct {AnalyticsStore.ConnectionVariable} (or the file that {AnalyticsStore.PasswordFileVariable} names).",
        _ => refused.InnerException?.Message ?? refused.Message,
    };
}
