using Followthrough.Dashboard.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Followthrough.Dashboard.Startup;

/// <summary>Tells whoever started the program where it is and, until somebody has an own password, how to get in.</summary>
internal static class Greeting
{
    internal static async Task GreetWhenStartedAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var password = await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().InviteAsync(app.Lifetime.ApplicationStopping);
        app.Lifetime.ApplicationStarted.Register(() => Write(app, password));
    }

    private static void Write(WebApplication app, string? password)
    {
        var console = app.Services.GetRequiredService<TextWriter>();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        console.WriteLine();
        console.WriteLine($"  Followthrough is at {string.Join(", ", addresses)}");
        if (password is not null)
        {
            // The console only: a log is kept, copied and read by others.
            console.WriteLine($"  First sign-in: {FirstAdministrator.Name} / {password}");
            console.WriteLine("  This password works until you have chosen your own; the next start makes a new one.");
        }
        console.WriteLine();
    }
}
