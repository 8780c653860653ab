using System.Globalization;
using System.Text;
using Followthrough.Ingest.Sources.Webhooks;
using Npgsql;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>Deliveries that come twice, at once, too often, or that are no JSON at all.</summary>
public sealed class HookFaultTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_again_is_given_the_same_answer_and_has_one_effect()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "twice", "stripe");
        var first = await sender.SendAsync(Customer("twice"));
        var second = await sender.SendAsync(Customer("twice"), SmallCompany.Now.AddSeconds(120));
        // A vendor counts its own attempts in the body.
        var third = await sender.SendAsync(Customer("twice").Replace("\"pending_webhooks\":1", "\"pending_webhooks\":0", StringComparison.Ordinal));

        Assert.Equal((200, (1, 1, 0)), (first.Status, first.Counts));
        Assert.Equal([first.Text, first.Text], [second.Text, third.Text]);
        Assert.Equal("1 1", await TextAsync("select (select count(*) from batch where source = 'hook:twice') || ' ' || (select count(*) from delivery where sender = 'hook:twice')"));
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused_and_changes_nothing()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "conflict", "stripe");
        await sender.SendAsync(Customer("conflict"));
        var other = await sender.SendAsync(Customer("conflict").Replace("Ninth", "Tenth", StringComparison.Ordinal));

        Assert.Equal(409, other.Status);
        Assert.Contains("evt_conflict", (string)other.Json["detail"]!, StringComparison.Ordinal);
        Assert.Equal("Ninth & Sons", await TextAsync("select name from account where source_key = 'stripe:cus_conflict'"));
    }

    [Fact]
    public async Task The_key_a_generic_sender_gives_counts_within_that_sender_alone()
    {
        var one = await HookSender.NewAsync(host, HookScheme.Generic, "generic-one", "stripe");
        var two = await HookSender.NewAsync(host, HookScheme.Generic, "generic-two", "stripe");
        Assert.Equal(200, (await one.SendAsync(Customer("g1"), key: "order-7")).Status);
        Assert.Equal(409, (await one.SendAsync(Customer("g2"), key: "order-7")).Status);
        Assert.Equal(200, (await two.SendAsync(Customer("g2"), key: "order-7")).Status);
        Assert.Equal(400, (await one.SendAsync(Customer("g3"), key: new string('k', 201))).Status);
    }

    [Fact]
    public async Task Many_at_once_are_one()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "at-once", "stripe");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sender.SendAsync(Customer("atonce"))));
        Assert.Single(answers.Select(a => (a.Status, a.Text)).Distinct());
        Assert.Equal(200, answers[0].Status);
        Assert.Equal("1", await TextAsync("select count(*) from batch where source = 'hook:at-once'"));
    }

    [Fact]
    public async Task A_lost_database_connection_is_tried_again_and_the_delivery_is_in_once()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "cut", "stripe");
        await using var holder = await host.Database.DataSource.OpenConnectionAsync(Ct);
        Task<HookAnswer> sending;
        await using (var hold = await holder.BeginTransactionAsync(Ct))
        {
            await using var take = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('merge', 20))", holder);
            await take.ExecuteNonQueryAsync(Ct);
            sending = sender.SendAsync(Customer("cut"));
            await UntilAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted", "1");
            await TextAsync("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted");
            await hold.CommitAsync(Ct);
        }
        Assert.Equal((200, (1, 1, 0)), (await sending is var answer ? (answer.Status, answer.Counts) : default));
        Assert.Equal("1", await TextAsync("select count(*) from batch where source = 'hook:cut'"));
    }

    [Fact]
    public async Task Who_sends_too_often_is_told_when_to_come_back_and_nobody_else_is()
    {
        await using var strict = new DashboardHost { Empty = true, Settings = new Dictionary<string, string> { ["Hooks:Burst"] = "3", ["Hooks:PerSecond"] = "1" } };
        await strict.InitializeAsync();
        var busy = await HookSender.NewAsync(strict, HookScheme.Stripe, "busy", "stripe");
        var quiet = await HookSender.NewAsync(strict, HookScheme.Stripe, "quiet", "stripe");
        using var stranger = busy.Unsigned([]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => busy.SendAsync(Customer($"busy{n}"))));

        Assert.Contains(answers, a => a.Status == 200);
        var refused = answers.First(a => a.Status == 429);
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(200, (await quiet.SendAsync(Customer("quiet"))).Status);
        Assert.Equal(401, (await busy.SendAsync(stranger)).Status);
    }

    [Theory]
    [InlineData("{\"id\":\"evt_x\",\"id\":\"evt_y\"}")]
    [InlineData("{\"data\":{\"object\":{\"a\":1,\"a\":2}}}")]
    [InlineData("{\"id\":\"\\ud800\"}")]
    [InlineData("{\"id\":")]
    [InlineData("\"text\"")]
    [InlineData("[1,2]")]
    [InlineData("")]
    [InlineData("id=1&name=x")]
    public async Task What_is_no_sound_json_is_refused_with_the_reason(string body)
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, $"json-{Guid.NewGuid():N}", "stripe");
        var answer = await sender.SendAsync(body);
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("The body ", (string)answer.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_thousand_deep_is_refused_and_the_program_lives_on()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "deep", "stripe");
        Assert.Equal(400, (await sender.SendAsync(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)))).Status);
        Assert.Equal(400, (await sender.SendAsync(new string('[', 100_000) + new string(']', 100_000))).Status);
        Assert.Equal(200, (await sender.SendAsync(Customer("deep"))).Status);
    }

    [Fact]
    public async Task Random_damage_to_a_signed_body_is_answered_and_never_half_taken()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Generic, "damage", "stripe");
        var random = new Random(20260915);
        var whole = Encoding.UTF8.GetBytes(Customer("damage"));
        for (var n = 0; n < 150; n++)
        {
            var body = whole[..random.Next(1, whole.Length + 1)];
            for (var i = random.Next(4); i > 0; i--) body[random.Next(body.Length)] = (byte)random.Next(256);
            using var request = sender.Request(body, SmallCompany.Now);
            Assert.Contains((await sender.SendAsync(request)).Status, new[] { 200, 400, 422, 429 });
        }
        Assert.Equal("0", await TextAsync("select count(*) from batch where source = 'hook:damage' and read <> added + changed + unchanged + rejected"));
    }

    [Fact]
    public async Task An_address_nobody_was_given_is_not_there_and_other_ways_of_asking_are_refused()
    {
        var client = await host.NewProgramAsync();
        using var unknown = await client.PostAsync(new Uri("/hooks/nobody", UriKind.Relative), new StringContent("{}"), Ct);
        Assert.Equal((404, "application/problem+json"), ((int)unknown.StatusCode, unknown.Content.Headers.ContentType!.MediaType));
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "other-ways", "stripe");
        using var get = await client.GetAsync(new Uri(sender.Path, UriKind.Relative), Ct);
        Assert.Equal((404, "application/problem+json"), ((int)get.StatusCode, get.Content.Headers.ContentType!.MediaType));
        using var preflight = new HttpRequestMessage(HttpMethod.Options, new Uri(sender.Path, UriKind.Relative));
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var asked = await client.SendAsync(preflight, Ct);
        Assert.False(asked.Headers.Contains("Access-Control-Allow-Origin"));
    }

    internal static string Customer(string id) =>
        HookTests.Customer.Replace("evt_c1", $"evt_{id}", StringComparison.Ordinal).Replace("cus_9", $"cus_{id}", StringComparison.Ordinal);

    private async Task UntilAsync(string sql, string expected)
    {
        for (var tries = 0; await TextAsync(sql) != expected; tries++)
        {
            Assert.True(tries < 200, $"Never came true: {sql}");
            await Task.Delay(50, Ct);
        }
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync(Ct)}";
    }
}
