using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Tests.Analytics.Compensation;
using Npgsql;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>The dashboard is killed while somebody locks a run: it stands before or after, and never between.</summary>
public sealed class KilledLockTests
{
    private const string Name = "killed lock";

    // The program stands still in the middle of locking until it is let go.
    private const string Pause = """
        create function pause() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(4711); return new; end';
        create trigger pause before update on pay_run for each row execute function pause();
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_in_the_middle_of_locking_it_is_under_review_and_killed_right_after_it_is_locked()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 4, 4);
        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);
        await company.Runs.SendAsync(run, PaidCompany.Preparer, Ct);
        await company.Runs.ReviewAsync(run, PaidCompany.Reviewer, PayScope.Everything("reviewer"), Ct);
        await DoAsync(company, Pause);

        await using (var holder = await company.Db.OpenConnectionAsync(Ct))
        {
            await using var hold = new NpgsqlCommand("select pg_advisory_lock(4711)", holder);
            await hold.ExecuteNonQueryAsync(Ct);
            using var killed = await StartAsync(company);
            _ = killed.ApproveAsync(run);
            while (await company.World.CountAsync("select count(*) from pg_locks where locktype = 'advisory' and objid = 4711 and not granted") == 0)
            {
                Assert.False(killed.Process.HasExited, killed.Said);
                await Task.Delay(20, Ct);
            }
            await killed.KillAsync();
        }
        while (await company.World.CountAsync($"select count(*) from pg_stat_activity where application_name = '{Name}'") > 0) await Task.Delay(20, Ct);

        Assert.Equal(["review, none, none, 0"], await StateAsync(company));

        await DoAsync(company, "drop trigger pause on pay_run; drop function pause");
        using (var finished = await StartAsync(company))
        {
            Assert.Equal(HttpStatusCode.OK, await finished.ApproveAsync(run));
            await finished.KillAsync();
        }
        Assert.Equal(["locked, 1000.00, 1, 1"], await StateAsync(company));
    }

    private static Task<IReadOnlyList<string>> StateAsync(PaidCompany company) => company.World.TextsAsync("""
        select concat_ws(', ', state, coalesce(round(control_total, 2)::text, 'none'), coalesce(control_rows::text, 'none'), (select count(*) from pay_step s where s.run_id = r.run_id and step = 'approved'))
        from pay_run r
        """);

    private static async Task DoAsync(PaidCompany company, string sql)
    {
        await using var command = company.Db.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    // A dashboard of its own, with an executive's program that takes steps of pay runs.
    private static async Task<Killed> StartAsync(PaidCompany company)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        free.Stop();
        var started = new Killed(company, port);
        await started.UntilReadyAsync();
        var user = Guid.NewGuid();
        await DoAsync(company, $"""
            insert into app_user (user_id, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, must_choose_password, created_at, security_stamp)
            values ('{user}', 'approver-{user}', 'APPROVER-{user}', false, false, false, true, 0, false, now(), 'STAMP');
            insert into app_user_role (user_id, role_id) select '{user}', role_id from app_role where name = '{Role.Executive}'
            """);
        var token = await new ReadTokens(company.Db, TimeProvider.System).MakeAsync(user, "payroll", TimeSpan.FromDays(1), TokenScope.Pay, Ct);
        started.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return started;
    }

    private sealed class Killed : IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string?> _said = [];

        internal Killed(PaidCompany company, string port)
        {
            var data = Path.Combine(company.World.Folder, "data");
            var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Followthrough.Dashboard.dll"), "--port", port, "--demo", "none", "--jobs", "none", "--data", data])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment[AnalyticsStore.ConnectionVariable] = new NpgsqlConnectionStringBuilder(company.World.Database.ConnectionString) { ApplicationName = Name }.ConnectionString;
            Process = Process.Start(start)!;
            Process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data);
            Process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data);
            Process.BeginOutputReadLine();
            Process.BeginErrorReadLine();
            Http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        }

        internal Process Process { get; }

        internal HttpClient Http { get; }

        internal string Said => string.Join('\n', _said);

        internal async Task UntilReadyAsync()
        {
            while (true)
            {
                Assert.False(Process.HasExited, Said);
                try
                {
                    using var answer = await Http.GetAsync(new Uri("/health", UriKind.Relative), Ct);
                    if (answer.IsSuccessStatusCode) return;
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(50, Ct);
                }
            }
        }

        /// <summary>What it answers; null where it was killed before.</summary>
        internal async Task<HttpStatusCode?> ApproveAsync(long run)
        {
            try
            {
                using var answer = await Http.PostAsync(new Uri(FormattableString.Invariant($"/api/v1/pay/runs/{run}/approve"), UriKind.Relative), null, Ct);
                return answer.StatusCode;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }

        internal async Task KillAsync()
        {
            Process.Kill();
            await Process.WaitForExitAsync(Ct);
            Assert.Equal(128 + 9, Process.ExitCode);
        }

        public void Dispose()
        {
            Process.Kill();
            Process.Dispose();
            Http.Dispose();
        }
    }
}
