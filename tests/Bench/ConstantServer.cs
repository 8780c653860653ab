using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Followthrough.Bench;

/// <summary>Kestrel answering the same bytes to everything; on demand standing still for 200 ms every five seconds.</summary>
internal static class ConstantServer
{
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>Serves until it is killed; says its address first.</summary>
    public static async Task RunAsync(int bytes, bool stalls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var (answer, began) = (new byte[bytes], Stopwatch.GetTimestamp());
        app.Run(async http =>
        {
            if (stalls) await StandStillAsync(Stopwatch.GetElapsedTime(began));
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = answer.Length;
            await http.Response.Body.WriteAsync(answer);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>A process of its own; its address.</summary>
    public static async Task<(Process Process, Uri Address)> StartAsync(int bytes, bool stalls, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ConstantServer).Assembly.Location, stalls ? "stall" : "constant", $"{bytes}"]) { RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server does not start.");
        return (process, new Uri((await process.StandardOutput.ReadLineAsync(ct))!));
    }

    private static Task StandStillAsync(TimeSpan running)
    {
        var into = TimeSpan.FromTicks(running.Ticks % Between.Ticks);
        return into < Stall ? Task.Delay(Stall - into) : Task.CompletedTask;
    }
}
