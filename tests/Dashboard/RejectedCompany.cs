using System.Globalization;
using Followthrough.Ingest.Loading;

namespace Followthrough.Tests.Dashboard;

/// <summary>Files that only partly go in, loaded beside the small company.</summary>
internal static class RejectedCompany
{
    internal const string Contacts = """
        source_key,occurred_at,source_modified_at,account,name,email,tier
        crm:c11,2026-03-02T10:00Z,,crm:acme,Ann Archer,ann@acme.example,executive
        crm:c12,yesterday,,crm:acme,<b>Bob</b> & Co,bob@acme.example,
        crm:c13,2026-03-02T10:00Z,,crm:acme,Cem Carver,cem@acme.example,boss
        crm:c14,2026-03-02T10:00Z,,crm:acme,Dana Doe,dana@acme.example,boss
        crm:c15,2026-03-02T10:00Z,crm:acme,Eve
        crm:c16,2026-03-02T10:00Z,,crm:nowhere,Finn Fox,finn@nowhere.example,

        """;

    /// <summary>Loads a file as anybody would.</summary>
    internal static async Task<FileReport> LoadAsync(DashboardHost host, string name, string content)
    {
        var ct = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(host.Folder.Path, "dropped")).FullName, name);
        await File.WriteAllTextAsync(path, content, ct);
        return Assert.Single((await new Loader(host.Database.DataSource, new KeptFiles(host.Folder), new StoppedClock(SmallCompany.Now)).LoadAsync(new LoadRequest { Path = path }, null, ct)).Files);
    }

    /// <summary>The number of an open rejected record.</summary>
    internal static async Task<string> IdAsync(DashboardHost host, string reason)
    {
        await using var command = host.Database.DataSource.CreateCommand("select min(quarantine_id) from quarantine where resolved_at is null and reason = $1");
        command.Parameters.AddWithValue(reason);
        return ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!).ToString(CultureInfo.InvariantCulture);
    }
}
