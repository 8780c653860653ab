using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Followthrough.Dashboard.Layout;

/// <summary>Addresses of style sheets, scripts and fonts with a mark of their content, so that a browser may keep them for ever.</summary>
public sealed class PageFiles(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> _addresses = new();

    /// <summary>The address of a file of wwwroot, for example <c>/css/base.css?v=1f0c2a7b</c>.</summary>
    public string this[string path] => _addresses.GetOrAdd(path, Marked);

    internal static void Keep(HttpContext http)
    {
        // A file asked for without its mark (a font named in a style sheet) is asked for again after a day.
        http.Response.Headers.CacheControl = http.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=86400";
    }

    private string Marked(string path)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists) throw new FileNotFoundException($"A page names {path}, which is not in wwwroot.");
        using var content = file.CreateReadStream();
        return $"{path}?v={Convert.ToHexStringLower(SHA256.HashData(content))[..8]}";
    }
}
