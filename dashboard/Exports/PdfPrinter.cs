using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Followthrough.Dashboard.Exports;

/// <summary>
/// Prints a page as it stands on screen, by a browser without a window: the page is made here, needs no sign-in and asks nothing of any
/// network. Where no browser is installed the same page is sent, ready to be printed by the reader's own.
/// </summary>
internal sealed partial class PdfPrinter(IServiceScopeFactory scopes, ILoggerFactory logs, IWebHostEnvironment environment) : IDisposable
{
    private const int AtOnce = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private readonly SemaphoreSlim _printing = new(AtOnce);
    private readonly ILogger _log = logs.CreateLogger<PdfPrinter>();

    /// <summary>Where the browser is; null when there is none.</summary>
    internal string? Browser { get; init; } = Found();

    /// <summary>The page as a PDF file of that name; as a page with a message in a file of its own where it cannot be printed here.</summary>
    public async Task<IResult> PrintAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(object model, string name, CancellationToken ct, string? head = null)
        where TPage : IComponent
    {
        var page = await new PaperPage(scopes, logs, environment).MakeAsync<TPage>(model, head);
        return Browser is not null && await FileAsync(page, ct) is { } file
            ? Results.File(file, "application/pdf", name)
            : Results.File(Encoding.UTF8.GetBytes(PaperPage.WithMessage(page)), "text/html; charset=utf-8", Path.ChangeExtension(name, ".html"));
    }

    public void Dispose() => _printing.Dispose();

    private async Task<byte[]?> FileAsync(string page, CancellationToken ct)
    {
        await _printing.WaitAsync(ct);
        // Nobody else's business: pay is in it.
        var folder = Directory.CreateTempSubdirectory("followthrough-print-");
        try
        {
            var (from, to) = (Path.Combine(folder.FullName, "page.html"), Path.Combine(folder.FullName, "page.pdf"));
            await File.WriteAllTextAsync(from, page, ct);
            return await RunAsync(folder.FullName, from, to, ct) && File.Exists(to) ? await File.ReadAllBytesAsync(to, ct) : null;
        }
        finally
        {
            _printing.Release();
            folder.Delete(recursive: true);
        }
    }

    private async Task<bool> RunAsync(string folder, string from, string to, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        using var browser = Process.Start(new ProcessStartInfo(Browser!, Arguments(folder, from, to)) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        // Read, so that it never waits for a reader; what it complains of is of no use to anybody.
        var (said, complained) = (browser.StandardOutput.ReadToEndAsync(limit.Token), browser.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await Task.WhenAll(said, complained);
            await browser.WaitForExitAsync(limit.Token);
            return browser.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            LogSlow(_log, Patience.TotalSeconds);
            return false;
        }
        finally
        {
            if (!browser.HasExited)
            {
                browser.Kill(entireProcessTree: true);
                await browser.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    // The browser's own sandbox cannot be had by the super-user; the page is ours and has no script.
    private static IEnumerable<string> Arguments(string folder, string from, string to) =>
    [
        "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND",
        .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],
        $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer", "--generate-pdf-document-outline", $"--print-to-pdf={to}", new Uri(from).AbsoluteUri,
    ];

    private static string? Found() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    [LoggerMessage(6101, LogLevel.Warning, "A page was not printed within {Seconds} s")]
    private static partial void LogSlow(ILogger log, double seconds);
}
