using Followthrough.Analytics.Store;

namespace Followthrough.Dashboard.Startup;

/// <summary>What the program is started with: <c>--port 5080</c>, <c>--bind any</c>, <c>--data FOLDER</c>, <c>--demo none</c>, <c>--jobs none</c>.</summary>
internal sealed record DashboardOptions
{
    internal const int UsualPort = 5080;

    /// <summary>What may be said, and what it means.</summary>
    internal const string Usage = """
        Serves Followthrough's screens, API and webhooks until it is stopped.

          --port N       the port; 0 takes a free one (usually 5080)
          --data FOLDER  the installation's folder (else FOLLOWTHROUGH_DATA, else the user's own)
          --bind any     listens on every interface; else on this machine only
          --demo none    an empty installation stays empty
          --jobs none    leaves the ledger and what is scheduled to 'analytics serve'
        """;

    /// <summary>Whether somebody only wants to know.</summary>
    internal static bool AsksForHelp(IEnumerable<string> args) => args.Any(arg => arg is "--help" or "-h" or "-?");

    /// <summary>Port; 0 takes a free one.</summary>
    internal required int Port { get; init; }

    /// <summary>True with <c>--bind any</c>: inside a container the way in is every interface, and the engine says who may take it.</summary>
    internal required bool OnEveryInterface { get; init; }

    /// <summary>False with <c>--jobs none</c>: <c>analytics serve</c> keeps the ledger fresh in another process.</summary>
    internal required bool WithJobs { get; init; }

    /// <summary>False with <c>--demo none</c>: an empty installation stays empty.</summary>
    internal required bool WithDemo { get; init; }

    /// <summary>Folder of the installation; null for the usual one.</summary>
    internal required string? DataFolder { get; init; }

    /// <summary>Unless told otherwise nothing but this machine reaches the dashboard; a proxy on it may.</summary>
    internal string Address => OnEveryInterface ? $"http://*:{Port}" : Port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{Port}";

    /// <summary>Whether it can be listened on, asked before anything is opened: the server itself would find out late and with a stack trace.</summary>
    internal bool IsPortFree => Port == 0 || FreePort.IsFree(Port);

    /// <exception cref="ArgumentException">An argument cannot be understood; the message says which and what is expected.</exception>
    internal static DashboardOptions Read(IConfiguration configuration)
    {
        var port = configuration["port"] ?? $"{UsualPort}";
        if (!ushort.TryParse(port, System.Globalization.CultureInfo.InvariantCulture, out var number))
            throw new ArgumentException($"--port {port} is no port: a number from 0 (any free one) to 65535 is.");
        return new DashboardOptions
        {
            Port = number,
            DataFolder = configuration["data"],
            WithDemo = Choice(configuration, "demo", "yes", "none", "starts without the demo company") != "none",
            WithJobs = Choice(configuration, "jobs", "yes", "none", "leaves the ledger to analytics serve") != "none",
            OnEveryInterface = Choice(configuration, "bind", "localhost", "any", "listens on every interface") == "any",
        };
    }

    private static string Choice(IConfiguration configuration, string name, string usual, string other, string meaning) => configuration[name] switch
    {
        null => usual,
        var given when given == usual || given == other => given,
        var unknown => throw new ArgumentException($"--{name} {unknown} is not known: --{name} {other} {meaning}."),
    };
}
