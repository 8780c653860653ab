using Confluent.Kafka;
using Followthrough.Analytics.Store;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>Where the brokers are and how to sign in there.</summary>
/// <param name="Brokers">host:port, several separated by commas.</param>
/// <param name="ConnectionString">Of Azure Event Hubs; null for brokers that ask for none.</param>
/// <param name="Encrypted">Whether to use TLS; only the Event Hubs emulator goes without.</param>
internal sealed record KafkaEndpoint(string Brokers, string? ConnectionString = null, bool Encrypted = true)
{
    private const int Port = 9093;
    private const int EmulatorPort = 9092;

    /// <summary>The endpoint of a command's options.</summary>
    /// <param name="brokers">host:port; null to take them from the connection string.</param>
    /// <param name="connectionStringFile">File with the connection string of an Event Hubs namespace; null without.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="StreamException">Neither is given, or the file holds something else.</exception>
    /// <exception cref="StoreException">The file can't be used.</exception>
    public static async Task<KafkaEndpoint> OfAsync(string? brokers, string? connectionStringFile, CancellationToken ct)
    {
        if (connectionStringFile is null)
            return new KafkaEndpoint(brokers ?? throw new StreamException("Where are the brokers? Expected --brokers host:port, or --event-hubs-connection-string-file FILE."));
        return OfConnectionString(brokers, await SecretFile.ReadAsync(connectionStringFile, ct), Path.GetFileName(connectionStringFile));
    }

    /// <summary>What librdkafka is told in any case. Event Hubs closes idle connections after four minutes, without a word.</summary>
    public T Configure<T>(T config) where T : ClientConfig
    {
        config.BootstrapServers = Brokers;
        config.ClientId = "followthrough";
        config.SocketKeepaliveEnable = true;
        config.MetadataMaxAgeMs = 180_000;
        config.ConnectionsMaxIdleMs = 180_000;
        config.SocketTimeoutMs = 60_000;
        config.ReconnectBackoffMs = 250;
        config.ReconnectBackoffMaxMs = 10_000;
        if (ConnectionString is null) return config;
        config.SecurityProtocol = Encrypted ? SecurityProtocol.SaslSsl : SecurityProtocol.SaslPlaintext;
        config.SaslMechanism = SaslMechanism.Plain;
        config.SaslUsername = "$ConnectionString";
        config.SaslPassword = ConnectionString;
        return config;
    }

    /// <summary>Without the secret.</summary>
    public override string ToString() => Brokers;

    private static KafkaEndpoint OfConnectionString(string? brokers, string text, string file)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        if (!Uri.TryCreate(parts["Endpoint"].FirstOrDefault(), UriKind.Absolute, out var endpoint) || endpoint.Scheme != "sb" || !parts["SharedAccessKey"].Any())
            throw new StreamException($"{file}: is no connection string of Event Hubs; expected Endpoint=sb://NAME.servicebus.windows.net/;SharedAccessKeyName=…;SharedAccessKey=….");
        var emulator = parts["UseDevelopmentEmulator"].Any(v => v.Equals("true", StringComparison.OrdinalIgnoreCase));
        return new KafkaEndpoint(brokers ?? $"{endpoint.Host}:{(emulator ? EmulatorPort : Port)}", text, Encrypted: !emulator);
    }
}
