using System.Net;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Analytics.ProjectAudits;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>The dashboard over the audited company, and who comes to it: an executive, the auditors Kay and Sam, and Bo, who owns the customer.</summary>
public sealed class AuditVisitors : IAsyncLifetime
{
    internal const string Quarter = "/audits/quarters/2026-Q1/projects";
    internal const string P = "/audits/projects/crm:A/P~2F2026-Q1";

    private readonly Dictionary<string, Visitor> _visitors = [];

    internal DashboardHost Host { get; } = new() { Facts = AuditedCompany.Facts, FromEverywhere = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal async Task<Visitor> OfAsync(string role, string? staff)
    {
        if (!_visitors.TryGetValue($"{role} {staff}", out var visitor)) visitor = _visitors[$"{role} {staff}"] = await Host.NewSignedInAsAsync(role, staff);
        return visitor;
    }

    internal Task<Visitor> KayAsync() => OfAsync(Role.Auditor, "hr:Kay");

    internal Task<Visitor> BoAsync() => OfAsync(Role.Staff, "hr:Bo");

    /// <summary>Sends a form; the status of the answer, and what it says.</summary>
    internal static async Task<(HttpStatusCode Status, string Text)> SendAsync(Visitor visitor, string address, params (string Name, string Value)[] fields)
    {
        var all = fields.ToDictionary(f => f.Name, f => f.Value);
        all["form_token"] = await visitor.FormTokenAsync();
        using var answer = await visitor.PostAsync(address, all);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    internal static async Task DoAsync(Visitor visitor, string address, params (string Name, string Value)[] fields)
    {
        var (status, text) = await SendAsync(visitor, address, fields);
        Assert.True(status == HttpStatusCode.Found, $"{address} answered {status}: {text}");
    }

    internal async Task<string> TextAsync(string sql)
    {
        await using var command = Host.Database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct) as string ?? "";
    }
}
