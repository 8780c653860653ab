using System.Net;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Startup;
using Followthrough.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Followthrough.Tests.Dashboard;

/// <summary>The dashboard as it is shipped, over a database of its own with the small company in it, at a time that stands still.</summary>
public sealed class DashboardHost : IAsyncLifetime
{
    internal const string OwnPassword = "correct horse battery";

    private readonly TestDatabase _database = new();
    private readonly DirectoryInfo _folder = TestFolder.Create("followthrough-dashboard-");
    private Server? _server;
    private Visitor? _signedIn;

    /// <summary>An empty installation instead of the small company.</summary>
    internal bool Empty { get; init; }

    /// <summary>These facts instead of the small company.</summary>
    internal IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Settings as the command line or the environment would give them.</summary>
    internal IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Each request comes from an address of its own, so that no limit for one address is met.</summary>
    internal bool FromEverywhere { get; init; }

    internal TestDatabase Database => _database;

    /// <summary>A program without cookies.</summary>
    internal async Task<HttpClient> NewProgramAsync()
    {
        var server = await StartAsync();
        return server.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = false, AllowAutoRedirect = false, BaseAddress = server.ClientOptions.BaseAddress });
    }

    /// <summary>A part of the dashboard itself.</summary>
    internal async Task<T> PartAsync<T>() where T : notnull => (await StartAsync()).Services.GetRequiredService<T>();
    /// <summary>The installation's folder; the received files are in it.</summary>
    internal DataFolder Folder => DataFolder.At(_folder.FullName);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A browser without cookies that follows no redirect by itself.</summary>
    internal async Task<Visitor> NewVisitorAsync() =>
        new((await StartAsync()).CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    /// <summary>Listens on a free loopback port as well; the address.</summary>
    internal async Task<Uri> ListenAsync()
    {
        var server = await MakeAsync();
        while (!Listens(server))
        {
            await server.DisposeAsync();
            server = _server = New();
        }
        await PreparedAsync(server);
        return server.ClientOptions.BaseAddress;
    }

    /// <summary>A fresh one-time password, as the next start would print it; null once an own one was chosen.</summary>
    internal async Task<string?> InviteAsync()
    {
        await using var scope = (await StartAsync()).Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().InviteAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The visitor who is signed in with an own password; one for all tests of a class, for sign-ins are rationed.</summary>
    internal async Task<Visitor> SignedInAsync() => _signedIn ??= await NewSignedInAsync();

    /// <summary>One of a test's own.</summary>
    internal async Task<Visitor> NewSignedInAsync()
    {
        var visitor = await NewVisitorAsync();
        var oneTime = await InviteAsync();
        using var signedIn = await visitor.SignInAsync(FirstAdministrator.Name, oneTime ?? OwnPassword);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        if (oneTime is null) return visitor;
        using var chosen = await visitor.ChoosePasswordAsync(oneTime, OwnPassword);
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        return visitor;
    }

    /// <summary>A user with that role and the own password: the person and the teams he is as an administrator would say. His name.</summary>
    internal async Task<string> NewUserAsync(string role, string? staff = null, params string[] teams)
    {
        var oneTime = await InviteAsync();
        var name = $"{role}-{Guid.NewGuid():N}";
        await using var scope = (await StartAsync()).Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (oneTime is not null) await ChooseAsync(users, oneTime);
        var user = new User { UserName = name, CreatedAt = SmallCompany.Now, StaffKey = staff };
        Assert.True((await users.CreateAsync(user, OwnPassword)).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
        var store = scope.ServiceProvider.GetRequiredService<AnalyticsDbContext>();
        store.AddRange(teams.Select(team => new UserTeam { UserId = user.Id, TeamKey = team }));
        await store.SaveChangesAsync(TestContext.Current.CancellationToken);
        return name;
    }

    // Users are added by an administrator who has a password of his own; nobody is invited after that.
    private static async Task ChooseAsync(UserManager<User> users, string oneTime)
    {
        var administrator = (await users.FindByNameAsync(FirstAdministrator.Name))!;
        Assert.True((await users.ChangePasswordAsync(administrator, oneTime, OwnPassword)).Succeeded);
        administrator.MustChoosePassword = false;
        Assert.True((await users.UpdateAsync(administrator)).Succeeded);
    }

    /// <summary>The same, signed in.</summary>
    internal async Task<Visitor> NewSignedInAsAsync(string role, string? staff = null, params string[] teams)
    {
        var name = await NewUserAsync(role, staff, teams);
        var visitor = await NewVisitorAsync();
        using var signedIn = await visitor.SignInAsync(name, OwnPassword);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        return visitor;
    }

    // False when the program was up before the framework had said where it listens: both begin at once.
    private static bool Listens(Server server)
    {
        try
        {
            server.UseKestrel(0);
            server.StartServer();
            return true;
        }
        catch (InvalidOperationException early) when (early.Message.Contains("after the server has started", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private Server New() => new(_database.ConnectionString, _folder.FullName, Settings, FromEverywhere);

    private async Task<Server> StartAsync() => await PreparedAsync(await MakeAsync());

    private static async Task<Server> PreparedAsync(Server server)
    {
        await server.Services.GetRequiredService<Preparation>().WhenDone;
        return server;
    }

    // By the first test and not by the fixture: without a database the test is skipped.
    private async Task<Server> MakeAsync()
    {
        if (_server is not null) return _server;
        if (Facts.Count > 0)
            await SmallCompany.LoadAsync(_database.DataSource, DataFolder.At(_folder.FullName), Facts, TestContext.Current.CancellationToken);
        else if (!Empty)
            await SmallCompany.LoadAsync(_database.DataSource, DataFolder.At(_folder.FullName), TestContext.Current.CancellationToken);
        return _server = New();
    }

    private sealed class Server(string connectionString, string folder, IReadOnlyDictionary<string, string> settings, bool fromEverywhere) : WebApplicationFactory<Preparation>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("ConnectionStrings:Analytics", connectionString);
            builder.UseSetting("data", folder);
            builder.UseSetting("demo", "none");
            builder.UseSetting("port", "0");
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new StoppedClock(SmallCompany.Now)));
                services.Replace(ServiceDescriptor.Singleton(TextWriter.Null));
                // Passwords are made hard to guess by making them slow to check, and tests sign in a thousand times.
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = 10);
                if (fromEverywhere) services.AddSingleton<IStartupFilter, Addresses>();
            });
        }
    }

    private sealed class Addresses : IStartupFilter
    {
        private int _last;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = new IPAddress(Interlocked.Increment(ref _last) | 0x0A);
                return rest(http);
            });
            next(app);
        };
    }
}
