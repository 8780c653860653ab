using System.Text.Json;
using Followthrough.Analytics.Jobs;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Startup;
using Followthrough.Ingest.Sources.Streams;
using Followthrough.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Followthrough.Tests.Architecture;

/// <summary>No engine runs here: what the container files say is held against the programs that will read it.</summary>
public sealed class ContainerTests
{
    private static readonly ContainerFile Compose = ContainerFile.Read();
    private static readonly string[] Variables = [AnalyticsStore.ConnectionVariable, AnalyticsStore.PasswordFileVariable, DataFolder.Variable];
    private static readonly string Image = File.ReadAllText(Path.Combine(SourceFolder.Root, "Dockerfile"));

    private static IEnumerable<ContainerFile.Service> Ours => Compose.Services.Values.Where(s => s.IsOurs);

    [Theory]
    [InlineData()]
    [InlineData("stream")]
    [InlineData("emulator")]
    [InlineData("citus")]
    [InlineData("emulator", "citus")]
    public async Task Compose_takes_the_file_with_every_profile(params string[] profiles)
    {
        if (!TestServer.IsRequired && !Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(p => File.Exists(Path.Combine(p, "docker-compose"))))
            Assert.Skip("docker-compose is not on this machine.");
        Assert.Equal((0, ""), await ContainerFile.CheckAsync(profiles, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Every_program_is_a_service_with_a_command_that_it_understands()
    {
        Assert.Equal(["analytics", "dashboard", "ingest"], Ours.Select(s => s.Name).Order());
        Assert.All(Ours, s => Assert.Equal(s.Name, s.List("command")[0]));
        Assert.Empty(StreamCommand.Create().Parse([.. Compose.Services["ingest"].List("command").Skip(2)]).Errors);
        Assert.Empty(ServeCommand.Create().Parse([.. Compose.Services["analytics"].List("command").Skip(2)]).Errors);
        Assert.Equal(["stream", "serve"], [Compose.Services["ingest"].List("command")[1], Compose.Services["analytics"].List("command")[1]]);
        var dashboard = DashboardOptions.Read(new ConfigurationBuilder().AddCommandLine([.. Compose.Services["dashboard"].List("command").Skip(1)]).Build());
        Assert.Equal(("http://*:5080", false, true), (dashboard.Address, dashboard.WithJobs, dashboard.WithDemo));
    }

    [Fact]
    public void Every_variable_is_one_that_the_programs_read()
    {
        Assert.All(Ours, s => Assert.Empty(s.Environment.Keys.Except(Variables)));
        var set = Image.Split('\n').SkipWhile(l => !l.StartsWith("ENV ", StringComparison.Ordinal)).TakeWhile(l => l.Contains('=', StringComparison.Ordinal))
            .Select(l => l.Replace("ENV ", "", StringComparison.Ordinal).Split('=')[0].Trim());
        Assert.Equal([DataFolder.Variable, "DOTNET_RUNNING_IN_CONTAINER"], set);
        Assert.All(Ours, s => Assert.Contains("data:/data", s.List("volumes")));
        Assert.Contains($"{DataFolder.Variable}=/data", Image, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_files_and_no_password_is_written_down()
    {
        Assert.All(Compose.Names("secrets"), name => Assert.Equal($"./secrets/{name}", Compose.SecretFile(name)));
        Assert.All(Compose.Services.Values, s =>
        {
            Assert.All(s.List("secrets"), secret => Assert.Contains(secret, Compose.Names("secrets")));
            Assert.DoesNotContain(s.Environment, e => e.Key.Contains("PASSWORD", StringComparison.Ordinal) && !e.Key.EndsWith("_FILE", StringComparison.Ordinal));
            Assert.All(s.Environment.Values.Concat(s.List("command")).Where(v => v.StartsWith("/run/secrets/", StringComparison.Ordinal)),
                v => Assert.Contains(v["/run/secrets/".Length..], s.List("secrets")));
        });
        Assert.All(Ours, s => Assert.DoesNotContain("Password", s.Environment[AnalyticsStore.ConnectionVariable], StringComparison.OrdinalIgnoreCase));
        Assert.Contains("secrets", File.ReadAllLines(Path.Combine(SourceFolder.Root, ".dockerignore")));
        Assert.Contains("secrets/", File.ReadAllLines(Path.Combine(SourceFolder.Root, ".gitignore")));
    }

    [Fact]
    public void Only_the_dashboard_is_reached_and_only_from_the_same_machine()
    {
        var published = Assert.Single(Compose.Services.Values, s => s.List("ports").Count > 0);
        Assert.Equal(("dashboard", $"127.0.0.1:{DashboardOptions.UsualPort}:{DashboardOptions.UsualPort}"), (published.Name, Assert.Single(published.List("ports"))));
        Assert.Contains($"EXPOSE {DashboardOptions.UsualPort}\n", Image, StringComparison.Ordinal);
        Assert.All(["store", "events"], network => Assert.True(Compose.IsInternal(network)));
        Assert.All(Compose.Services.Values.Where(s => s.Name is not ("dashboard" or "ingest")), s => Assert.DoesNotContain("front", s.List("networks")));
        Assert.All(Ours, s => Assert.Equal(["ALL", "no-new-privileges:true"], [.. s.List("cap_drop"), .. s.List("security_opt")]));
    }

    [Fact]
    public void Health_checks_ask_what_the_programs_answer()
    {
        Assert.Contains($"/dev/tcp/127.0.0.1/{DashboardOptions.UsualPort} ", Compose.Services["dashboard"].HealthCheck, StringComparison.Ordinal);
        Assert.Contains($"GET {Health.Path} ", Compose.Services["dashboard"].HealthCheck, StringComparison.Ordinal);
        Assert.All(["ingest", "analytics"], name =>
        {
            var command = Compose.Services[name].List("command");
            Assert.Contains($"find {command[command.ToList().IndexOf("--alive-file") + 1]} -mmin -1", Compose.Services[name].HealthCheck, StringComparison.Ordinal);
        });
        Assert.True(Heartbeat.Every * 3 < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Every_file_that_is_mounted_is_there_and_every_volume_is_declared() =>
        Assert.All(Compose.Services.Values.SelectMany(s => s.List("volumes")).Select(v => v.Split(':')[0]), source =>
        {
            if (source.StartsWith("./", StringComparison.Ordinal)) Assert.True(Path.Exists(Path.Combine(SourceFolder.Root, source)), source);
            else Assert.Contains(source, Compose.Names("volumes"));
        });

    [Fact]
    public void The_emulator_has_the_topic_and_the_group_that_ingest_reads()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(SourceFolder.Root, "containers/event-hubs.json")));
        var space = Assert.Single(config.RootElement.GetProperty("UserConfig").GetProperty("NamespaceConfig").EnumerateArray());
        var hub = Assert.Single(space.GetProperty("Entities").EnumerateArray());

        // The emulator knows no other name, and takes the number as a text.
        Assert.Equal(("EventHub", "emulatorNs1", "2"), (space.GetProperty("Type").GetString(), space.GetProperty("Name").GetString(), hub.GetProperty("PartitionCount").GetString()));
        var command = Compose.Services["ingest"].List("command").ToList();
        Assert.Equal(command[command.IndexOf("--topic") + 1], hub.GetProperty("Name").GetString());
        Assert.Equal(
            new StreamOptions { Endpoint = new KafkaEndpoint(""), Topic = "" }.Group,
            Assert.Single(hub.GetProperty("ConsumerGroups").EnumerateArray()).GetProperty("Name").GetString());
    }
}
