using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Access.Tokens;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>The dashboard as people run it, a process of its own, and somebody signed in.</summary>
internal sealed partial class DashboardProcess : IAsyncDisposable
{
    private const string Password = "correct horse battery";
    private readonly Process _process;

    private DashboardProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Resident memory in MB: now, and the most it ever was.</summary>
    public (double Now, double Peak) Memory => (Status("VmRSS:"), Status("VmHWM:"));

    public static async Task<(DashboardProcess Dashboard, string Invitation)> StartAsync(string connectionString, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Followthrough.Dashboard.dll"), "--data", folder, "--demo", "none", "--jobs", "none", "--port", "0"])
        {
            RedirectStandardOutput = true,
            Environment = { [AnalyticsStore.ConnectionVariable] = connectionString, ["DOTNET_gcServer"] = "0" },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The dashboard does not start.");
        string? address = null;
        while (await process.StandardOutput.ReadLineAsync(ct) is { } line)
        {
            if (AddressLine().Match(line) is { Success: true } at) address = at.Groups[1].Value;
            if (InvitationLine().Match(line) is { Success: true } invited && address is not null)
                return (new DashboardProcess(process, new Uri(address)), invited.Groups[1].Value);
        }
        throw new InvalidOperationException("The dashboard ended before it was ready.");
    }

    /// <summary>A browser's client with the administrator's session.</summary>
    public async Task<HttpClient> SignInAsync(string invitation, CancellationToken ct)
    {
        var client = NewClient(new CookieContainer());
        await PostAsync(client, "/sign-in", new() { ["name"] = FirstAdministrator.Name, ["password"] = invitation }, ct);
        await PostAsync(client, "/choose-password", new() { ["current"] = invitation, ["chosen"] = Password, ["repeated"] = Password }, ct);
        return client;
    }

    /// <summary>The cookie that a session is carried by.</summary>
    public async Task<Cookie> SessionAsync(CancellationToken ct)
    {
        var cookies = new CookieContainer();
        using var client = NewClient(cookies);
        await PostAsync(client, "/sign-in", new() { ["name"] = FirstAdministrator.Name, ["password"] = Password }, ct);
        return cookies.GetAllCookies()[AccessServices.Cookie] ?? throw new InvalidOperationException("There is no session.");
    }

    /// <summary>A program's client with a token of the administrator's.</summary>
    public async Task<HttpClient> WithTokenAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var find = db.CreateCommand("select user_id from app_user");
        var token = await new ReadTokens(db, TimeProvider.System).MakeAsync((Guid)(await find.ExecuteScalarAsync(ct))!, "bench", TimeSpan.FromDays(1), TokenScope.Read, ct);
        var client = NewClient(null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private HttpClient NewClient(CookieContainer? cookies) =>
        new(new SocketsHttpHandler { UseCookies = cookies is not null, CookieContainer = cookies ?? new(), AllowAutoRedirect = false }) { BaseAddress = Address };

    private static async Task PostAsync(HttpClient client, string page, Dictionary<string, string> fields, CancellationToken ct)
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative), ct);
        foreach (Match hidden in Hidden().Matches(html)) fields.TryAdd(hidden.Groups[1].Value, WebUtility.HtmlDecode(hidden.Groups[2].Value));
        using var answer = await client.PostAsync(new Uri(page, UriKind.Relative), new FormUrlEncodedContent(fields), ct);
        if (answer.StatusCode != HttpStatusCode.Found) throw new InvalidOperationException($"{page} answers {(int)answer.StatusCode}.");
    }

    private double Status(string what) =>
        double.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(what, StringComparison.Ordinal))[what.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;

    [GeneratedRegex(@"Followthrough is at (http://\S+?)(,|$)")]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"First sign-in: \S+ / (\S+)")]
    private static partial Regex InvitationLine();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)""")]
    private static partial Regex Hidden();
}
