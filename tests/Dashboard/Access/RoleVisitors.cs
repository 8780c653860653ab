using Followthrough.Analytics.CallLists;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Hooks;
using Followthrough.Ingest.Sources.Webhooks;
using Followthrough.Tests.Dashboard.Audits;
using Followthrough.Tests.Dashboard.Churn;
using Followthrough.Tests.Dashboard.Compensation;
using Followthrough.Tests.Dashboard.Hooks;
using Followthrough.Tests.Dashboard.Mappings;
using Followthrough.Tests.Dashboard.Scorecards;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>
/// One visitor of each role in the small company, and one of everything that an address can name. The manager answers for T1 and the staff is S1,
/// who have Acme; T2 and S2 have the other two customers.
/// </summary>
public sealed class RoleVisitors : IAsyncLifetime
{
    /// <summary>What must be on no page of the narrow roles: names and keys of the other team, its person and its customers.</summary>
    internal static readonly string[] Foreign =
        [SmallCompany.RightToLeft, "HYPERLINK", SmallCompany.HostileAccount, "crm:rtl", CommitmentPath.Encode(SmallCompany.HostileAccount), "Service South", "hr:T2", "hr:S2", "alert("];

    private readonly Dictionary<string, Visitor> _visitors = [];
    private readonly Dictionary<string, string> _keys = [];

    internal DashboardHost Host { get; } = new() { FromEverywhere = true };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>The visitor of a role; null for a stranger.</summary>
    internal async Task<Visitor> OfAsync(string? role)
    {
        if (_visitors.Count == 0) await FillAsync();
        return role is null ? await Host.NewVisitorAsync() : _visitors[role];
    }

    /// <summary>An example with its keys put in.</summary>
    internal string Address(string example) => _keys.Aggregate(example, (text, key) => text.Replace($"{{{key.Key}}}", key.Value, StringComparison.Ordinal));

    private async Task FillAsync()
    {
        _visitors[Role.Administrator] = await Host.NewSignedInAsync();
        foreach (var role in Role.All.Except([Role.Administrator]))
            _visitors[role] = await Host.NewSignedInAsAsync(role, role == Role.Staff ? "hr:S1" : null, role == Role.Manager ? ["hr:T1"] : []);
        await HookSender.NewAsync(Host, HookScheme.Generic, "shop", "stripe");
        await (await Host.PartAsync<ApiTokens>()).MakeAsync("billing", TimeSpan.FromDays(30), Ct);
        await RunAsync("""
            insert into tie_out (source, fact, period, currency, starts, ends, rows, stated_at, file, sha256)
            values ('mail', 'interaction', '2026-07', '', '2026-07-01', '2026-08-01', 5, '2026-08-01T00:00:00Z', 'totals.csv', '');
            insert into app_user (user_id, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, must_choose_password, created_at, security_stamp)
            values ('11111111-2222-3333-4444-555555555555', 'subject', 'SUBJECT', false, false, false, true, 0, false, now(), 'STAMP');
            insert into api_token (name, token_hash, scope, user_id, created_at, expires_at)
            select 'mine', user_id::text, 'read', user_id, '2026-09-01T00:00:00Z', '2026-12-01T00:00:00Z' from app_user;
            """);
        _keys["user"] = "11111111-2222-3333-4444-555555555555";
        _keys["rejected"] = await TextAsync("select min(quarantine_id)::text from quarantine");
        await SmallScorecard.AddAsync(Host.Database.DataSource);
        _keys["target"] = await TextAsync("select min(target_id)::text from metric_target");
        _keys["batch"] = await TextAsync("select min(batch_id)::text from batch");
        _keys["total"] = await TextAsync("select min(tie_out_id)::text from tie_out");
        await SmallChurn.ScoreAsync(Host.Database.DataSource, await SmallChurn.TrainAsync(Host.Database.DataSource), SmallCompany.Now.AddHours(-8));
        var lists = await Host.PartAsync<CallListStore>();
        _keys["list"] = $"{await lists.MakeAsync(new CallListRequest { Staff = "hr:S1", QuietDays = 0, MadeBy = "test" }, Ct)}";
        _keys["theirs-list"] = $"{await lists.MakeAsync(new CallListRequest { Staff = "hr:S2", QuietDays = 0, MadeBy = "test" }, Ct)}";
        var run = await SmallPay.LockAsync(Host.Database.DataSource);
        _keys["run"] = $"{run}";
        _keys["dispute"] = $"{await SmallPay.DisputeAsync(Host.Database.DataSource, run, "hr:S1")}";
        _keys["theirs-dispute"] = $"{await SmallPay.DisputeAsync(Host.Database.DataSource, run, "hr:S2")}";
        var (finding, theirFinding) = await SmallAudits.AddAsync(Host);
        (_keys["finding"], _keys["theirs-finding"]) = ($"{finding}", $"{theirFinding}");
        await SmallQuarter.CloseAsync(Host, "2026-Q2", Ct);
        _keys["acme"] = "crm:acme";
        _keys["rtl"] = "crm:rtl";
        _keys["kept"] = await KeyAsync("crm:acme");
        _keys["theirs"] = await KeyAsync("crm:rtl");
        await SmallPlans.MakeAsync(Host.Database.DataSource, Ct);
        _keys["sample"] = await SampleAsync("journey");
        _keys["loaded"] = await LoadedAsync("arrived");
        _keys["scrap"] = await SampleAsync("scrap");
    }

    // A file whose mapping is saved and which is not loaded yet; its id.
    private async Task<string> SampleAsync(string mapping)
    {
        var desk = new Connecting(Host, _visitors[Role.Administrator]);
        var sample = await desk.UploadAsync($"{mapping}.csv", Connecting.Calls);
        var columns = await desk.GoOnAsync(sample, sample, ("name", mapping));
        var check = await desk.GoOnAsync(columns, columns, ("accounts", "on"), ("account_name", "3"), ("go", "check"));
        await desk.GoOnAsync(check, sample + "/save");
        return sample.Split('/')[^1];
    }

    // One that is in, and in the ledger: nothing of it moves while pages are compared.
    private async Task<string> LoadedAsync(string mapping)
    {
        var id = await SampleAsync(mapping);
        var desk = new Connecting(Host, _visitors[Role.Administrator]);
        var load = await desk.GoOnAsync($"/data/mappings/samples/{id}/load", $"/data/mappings/samples/{id}/load");
        await desk.LoadedAsync(load);
        for (var look = 0; look < 200 && await desk.CountAsync("select (select count(*) from dirty_account) + (select count(*) from job_run where outcome = 'running')") > 0; look++)
            await Task.Delay(50, Ct);
        return id;
    }

    private async Task<string> KeyAsync(string account) => CommitmentPath.Encode(await TextAsync(
        $"select min(commitment_key) from commitment c join account a using (account_id) where a.source_key = '{account}' and c.kind = 'respond'"));

    internal async Task<string> TextAsync(string sql)
    {
        await using var command = Host.Database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }

    private async Task RunAsync(string sql)
    {
        await using var command = Host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
