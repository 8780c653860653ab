using System.Diagnostics;
using Followthrough.Tests.Support;
using YamlDotNet.Serialization;

namespace Followthrough.Tests.Architecture;

/// <summary>docker-compose.yml as it reads, with anchors followed and services merged.</summary>
internal sealed class ContainerFile
{
    private readonly Dictionary<object, object> _root;

    private ContainerFile(Dictionary<object, object> root) => _root = root;

    internal IReadOnlyDictionary<string, Service> Services =>
        Map(_root["services"]).ToDictionary(s => (string)s.Key, s => new Service((string)s.Key, Map(s.Value)));

    internal static ContainerFile Read()
    {
        using var reader = File.OpenText(Path.Combine(SourceFolder.Root, "docker-compose.yml"));
        var parser = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(reader));
        return new ContainerFile(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser));
    }

    internal IReadOnlyList<string> Names(string section) => [.. Map(_root[section]).Keys.Cast<string>()];

    internal string SecretFile(string name) => (string)Map(Map(_root["secrets"])[name])["file"];

    internal bool IsInternal(string network) => Map(_root["networks"])[network] is Dictionary<object, object> settings && settings.ContainsKey("internal");

    /// <summary>What Compose itself makes of the file with these profiles: its exit code and what it complains about.</summary>
    internal static async Task<(int Code, string Errors)> CheckAsync(string[] profiles, CancellationToken ct)
    {
        var start = new ProcessStartInfo("docker-compose", [.. profiles.SelectMany(p => new[] { "--profile", p }), "config", "--quiet"])
        {
            WorkingDirectory = SourceFolder.Root,
            RedirectStandardError = true,
        };
        using var compose = Process.Start(start)!;
        var errors = await compose.StandardError.ReadToEndAsync(ct);
        await compose.WaitForExitAsync(ct);
        return (compose.ExitCode, errors);
    }

    private static Dictionary<object, object> Map(object value) => (Dictionary<object, object>)value;

    internal sealed record Service(string Name, Dictionary<object, object> Settings)
    {
        internal bool IsOurs => (string)Settings["image"] == "followthrough";

        internal IReadOnlyList<string> List(string key) => Settings.TryGetValue(key, out var value) ? [.. ((List<object>)value).Cast<string>()] : [];

        internal IReadOnlyDictionary<string, string> Environment =>
            Settings.TryGetValue("environment", out var value) ? Map(value).ToDictionary(e => (string)e.Key, e => (string)e.Value) : new Dictionary<string, string>();

        internal string HealthCheck => string.Join(' ', ((List<object>)Map(Settings["healthcheck"])["test"]).Cast<string>());

        public override string ToString() => Name;
    }
}
