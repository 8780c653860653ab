namespace Followthrough.Analytics.Store;

/// <summary>
/// Whom the server runs as: ourselves (null), or, because PostgreSQL refuses to run as root, the account named here.
/// </summary>
internal sealed record ServerAccount(string? Name, string? Group)
{
    private const string Customary = "postgres";

    /// <summary>For root the owner of the existing folder (so that <c>sudo</c> serves a user's own data), else <c>postgres</c>.</summary>
    internal static async Task<ServerAccount> ForAsync(string postgresFolder, CancellationToken cancellation)
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(null, null);
        var owner = Directory.Exists(postgresFolder) ? await OwnerAsync(postgresFolder, cancellation) : "root";
        var name = owner == "root" ? Customary : owner;
        var group = await HostCommand.RunAsync("id", ["-g", name], cancellation);
        return group.Succeeded
            ? new ServerAccount(name, group.Output)
            : throw new StoreException(
                $"PostgreSQL does not run as root, and there is no account {name} to run it as. "
                + $"Make one (useradd --system {name}) or start this program as an ordinary user.");
    }

    internal Task<HostCommand> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation) =>
        Name is null
            ? HostCommand.RunAsync(program, arguments, cancellation)
            : HostCommand.RunAsync("setpriv", [$"--reuid={Name}", $"--regid={Group}", "--init-groups", "--", program, .. arguments], cancellation);

    /// <summary>Gives a file or folder to the account; does nothing when the server runs as ourselves.</summary>
    internal async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (Name is null)
            return;
        var given = await HostCommand.RunAsync("chown", [$"{Name}:", path], cancellation);
        if (!given.Succeeded)
            throw new StoreException($"{path} cannot be given to the account {Name}: {given.Output}");
    }

    internal async Task<bool> CanEnterAsync(string folder, CancellationToken cancellation) =>
        (await RunAsync("test", ["-x", folder], cancellation)).Succeeded;

    private static async Task<string> OwnerAsync(string path, CancellationToken cancellation)
    {
        var owner = await HostCommand.RunAsync("stat", ["-L", "-c", "%U", path], cancellation);
        return owner.Succeeded && owner.Output != "UNKNOWN"
            ? owner.Output
            : throw new StoreException($"{path} belongs to a user that this machine does not know. Give it to one (chown -R postgres: {path}).");
    }
}
