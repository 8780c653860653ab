using System.Security.Cryptography;
using System.Text;

namespace Followthrough.Analytics.Schema;

/// <summary>One numbered step of the schema. Scripts apply in the ordinal order of their names and never change once released.</summary>
internal sealed record SchemaScript(string Name, string Text)
{
    private const string Prefix = "Schema/";

    internal string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The scripts built into this program, in order.</summary>
    internal static IReadOnlyList<SchemaScript> Embedded()
    {
        var assembly = typeof(SchemaScript).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new SchemaScript(name[Prefix.Length..^".sql".Length], Read(name))),
        ];

        string Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }
}
