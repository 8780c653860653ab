using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Followthrough.Dashboard.Exports;

/// <summary>A page as one file: its own HTML with styles and fonts inside, without scripts, links that lead nowhere from paper or addresses to load from.</summary>
internal sealed partial class PaperPage(IServiceScopeFactory scopes, ILoggerFactory logs, IWebHostEnvironment environment)
{
    private const string Policy = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:" />""";

    private const string Missing = """
        <p class="notice warn" role="status"><span>No PDF can be made here, because chromium is not installed on this server. This page is ready for paper: print it with your browser and choose “Save as PDF”.</span></p>
        """;

    /// <param name="model">What the page draws.</param>
    /// <param name="head">What stands at the top of each sheet of paper but the first; null for nothing.</param>
    public async Task<string> MakeAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(object model, string? head = null) where TPage : IComponent
    {
        await using var scope = scopes.CreateAsyncScope();
        // Nothing on paper leads anywhere, but forms ask where they are.
        ((IHostEnvironmentNavigationManager)scope.ServiceProvider.GetRequiredService<NavigationManager>()).Initialize("http://localhost/", "http://localhost/");
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model }))).ToHtmlString());
        html = Script().Replace(html, "");
        html = Sheet().Replace(html, sheet => $"<style>{Style(sheet.Groups[1].Value)}</style>");
        html = Link().Replace(html, "");
        return html.Replace("<head>", "<head>" + Policy, StringComparison.Ordinal).Replace("</head>", RunningHead(head) + "</head>", StringComparison.Ordinal);
    }

    /// <summary>The same for who prints it himself.</summary>
    public static string WithMessage(string page) => page.Replace("<header class=\"title\">", Missing + "<header class=\"title\">", StringComparison.Ordinal);

    // As a string of the style sheet: whatever is no plain letter by its number.
    private static string RunningHead(string? head) => head is null ? ""
        : $"<style>@media print {{ @page report {{ @top-left {{ content: \"{string.Concat(head.EnumerateRunes().Select(r => r.IsAscii && char.IsLetterOrDigit((char)r.Value) ? r.ToString() : $"\\{r.Value:x} "))}\" }} }} @page report:first {{ @top-left {{ content: none }} }} }}</style>";

    private string Style(string address)
    {
        var path = address.Split('?')[0];
        var sheet = Read(path);
        var folder = path[..(path.LastIndexOf('/') + 1)];
        // Only the letters our words are written in: the others come from the machine's own fonts.
        sheet = Face().Replace(sheet, face => face.Value.Contains("-latin", StringComparison.Ordinal) ? face.Value : "");
        return File().Replace(sheet, file => $"url(data:font/woff2;base64,{Convert.ToBase64String(Bytes(folder + file.Groups[1].Value))})");
    }

    private string Read(string path) => System.Text.Encoding.UTF8.GetString(Bytes(path));

    private byte[] Bytes(string path)
    {
        using var stream = environment.WebRootFileProvider.GetFileInfo(path).CreateReadStream();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("""<link rel="stylesheet" href="([^"]*)"[^>]*>""")]
    private static partial Regex Sheet();

    [GeneratedRegex("<link [^>]*>")]
    private static partial Regex Link();

    [GeneratedRegex("@font-face {[^}]*}")]
    private static partial Regex Face();

    [GeneratedRegex(@"url\(\./([^)]*woff2)\)")]
    private static partial Regex File();
}
