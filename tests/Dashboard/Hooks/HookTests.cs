using System.Text;
using System.Text.Json.Nodes;
using Followthrough.Dashboard.Hooks;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Webhooks;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>Webhooks over HTTP, as each vendor sends them.</summary>
public sealed class HookTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    internal const string Customer = """
        {"id":"evt_c1","object":"event","type":"customer.created","created":1789400000,"pending_webhooks":1,
         "data":{"object":{"id":"cus_9","object":"customer","name":"Ninth & Sons","created":1789300000,"address":{"country":"de"}}}}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<HookScheme> Schemes => [.. Enum.GetValues<HookScheme>()];

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Only_what_is_signed_rightly_and_in_time_is_taken(HookScheme scheme)
    {
        var sender = await HookSender.NewAsync(host, scheme, $"signed-{scheme}".ToLowerInvariant(), "stripe");
        var body = Customer.Replace("cus_9", $"cus_{scheme}", StringComparison.Ordinal);
        using var unsigned = sender.Unsigned(Encoding.UTF8.GetBytes(body));

        Assert.Equal(401, (await sender.SendAsync(unsigned)).Status);
        Assert.Equal(401, (await sender.SendAsync(body, secret: "somebody else's secret")).Status);
        if (scheme is not (HookScheme.Typeform or HookScheme.Xero))
        {
            Assert.Equal(401, (await sender.SendAsync(body, SmallCompany.Now.AddSeconds(-301))).Status);
            Assert.Equal(401, (await sender.SendAsync(body, SmallCompany.Now.AddSeconds(301))).Status);
        }
        Assert.Equal(0, await CountAsync($"select count(*) from account where source_key = 'stripe:cus_{scheme}'"));

        Assert.Equal(200, (await sender.SendAsync(body, SmallCompany.Now.AddSeconds(scheme == HookScheme.Xero ? 0 : -299))).Status);
        Assert.Equal(1, await CountAsync($"select count(*) from account where source_key = 'stripe:cus_{scheme}'"));
    }

    [Fact]
    public async Task A_row_can_be_followed_to_the_bytes_that_were_signed()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "followed", "stripe");
        var answer = await sender.SendAsync(Customer.Replace("cus_9", "cus_traced", StringComparison.Ordinal));

        Assert.Equal((1, 1, 0), answer.Counts);
        await using var find = host.Database.DataSource.CreateCommand("""
            select b.name, b.sha256, b.read_as, a.position, b.source, b.batch_id, a.country from account a join batch b using (batch_id) where a.source_key = 'stripe:cus_traced'
            """);
        await using var row = await find.ExecuteReaderAsync(Ct);
        Assert.True(await row.ReadAsync(Ct));
        var raw = await (await host.PartAsync<KeptFiles>()).ReadRecordAsync(new BatchFile(row.GetString(0), row.GetString(1), row.GetString(2)), row.GetInt64(3), Ct);
        Assert.Equal("{\"id\":\"cus_traced\",\"object\":\"customer\",\"name\":\"Ninth & Sons\",\"created\":1789300000,\"address\":{\"country\":\"de\"}}", raw);
        Assert.Equal(("hook:followed", (long)answer.Json["batch"]!, "DE"), (row.GetString(4), row.GetInt64(5), row.GetString(6)));
    }

    [Fact]
    public async Task An_older_event_that_comes_late_overwrites_nothing_and_a_deletion_is_one()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "order", "stripe");
        string Event(string id, string type, int created, string name) => Customer.Replace("evt_c1", id, StringComparison.Ordinal)
            .Replace("customer.created", type, StringComparison.Ordinal).Replace("1789400000", $"{created}", StringComparison.Ordinal)
            .Replace("cus_9", "cus_order", StringComparison.Ordinal).Replace("Ninth & Sons", name, StringComparison.Ordinal);

        await sender.SendAsync(Event("evt_2", "customer.updated", 1789400200, "New name"));
        var late = await sender.SendAsync(Event("evt_1", "customer.updated", 1789400100, "Old name"));
        Assert.Equal(1, (int)late.Json["unchanged"]!);
        Assert.Equal("New name false", await TextAsync("select name || ' ' || deleted from account where source_key = 'stripe:cus_order'"));

        await sender.SendAsync(Event("evt_3", "customer.deleted", 1789400300, "New name"));
        Assert.Equal("New name true", await TextAsync("select name || ' ' || deleted from account where source_key = 'stripe:cus_order'"));
    }

    [Fact]
    public async Task A_stripe_invoice_of_the_vendors_own_samples_is_one_when_its_event_comes()
    {
        var fixtures = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Path("vendor/stripe/fixtures3.json"), Ct))!["resources"]!;
        fixtures["invoice"]!["status"] = "open";
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "stripe-samples", "stripe");
        var invoice = EventOf("evt_i", "invoice.finalized", fixtures["invoice"]!);

        var early = await sender.SendAsync(invoice);
        Assert.Equal((2, 0, 2), early.Counts);
        var customer = await sender.SendAsync(EventOf("evt_c", "customer.created", fixtures["customer"]!));
        Assert.Equal(2, (int)customer.Json["released"]!);
        Assert.Equal("10 USD", await TextAsync("select trim_scale(amount) || ' ' || currency from invoice where source_key like 'stripe:in_%'"));

        var plan = await sender.SendAsync(fixtures["event"]!.ToJsonString());
        Assert.Equal((200, 0), (plan.Status, plan.Counts.Read));
        Assert.Equal("stripe (nothing mapped) 1", await TextAsync($"select mapping || ' ' || records from batch where batch_id = {plan.Json["batch"]}"));
    }

    [Fact]
    public async Task A_typeform_response_of_the_vendors_own_sample_becomes_its_scores()
    {
        var body = await File.ReadAllTextAsync(Directory.EnumerateFiles(SharedData.Path("vendor/typeform"), "*webhook*.json").Single(), Ct);
        var sender = await HookSender.NewAsync(host, HookScheme.Typeform, "survey", "typeform_response");
        var answer = await sender.SendAsync(body);
        Assert.Equal(200, answer.Status);
        Assert.Equal(2, await CountAsync("select count(*) from survey_response where source_key like 'typeform:a3a12ec67a1365927098a606107fac15/%'"));
        Assert.Equal("LtWXD3crgy", await TextAsync("select key from delivery where sender = 'hook:survey'"));
    }

    [Fact]
    public async Task Xero_shakes_hands_and_is_answered_with_nothing_at_all()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Xero, "xero", "xero");
        const string intent = "{\"events\":[],\"firstEventSequence\":0,\"lastEventSequence\":0,\"entropy\":\"S0m3r4Nd0mt3xt\"}";

        var wrong = await sender.SendAsync(intent, secret: "not the webhooks key");
        var right = await sender.SendAsync(intent);
        Assert.Equal((401, "", 200, ""), (wrong.Status, wrong.Text, right.Status, right.Text));
        Assert.False(right.Headers.Contains("Set-Cookie"));

        const string notice = "{\"events\":[{\"resourceId\":\"1\",\"eventCategory\":\"CONTACT\",\"eventType\":\"UPDATE\",\"eventDateUtc\":\"2026-09-15T11:00:00\"}],\"firstEventSequence\":1,\"lastEventSequence\":1,\"entropy\":\"x\"}";
        Assert.Equal((200, ""), (await sender.SendAsync(notice) is var a ? (a.Status, a.Text) : default));
        Assert.Equal(2, await CountAsync("select count(*) from delivery d join batch b using (batch_id) where d.sender = 'hook:xero' and b.read = 0"));
    }

    [Fact]
    public async Task A_zendesk_event_has_its_ticket_inside_and_its_deletion_marks_it()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Zendesk, "help", "zendesk");
        var body = """
            {"id":"ev-1","type":"zen:event-type:ticket.created","time":"2026-09-15T10:00:00Z","account_id":1,"subject":"zen:ticket:77","zendesk_event_version":"2022-06-20","event":{},
             "detail":{"id":"77","subject":"Pump fails","priority":"HIGH","status":"OPEN","requester_id":"5","organization_id":"6","created_at":"2026-09-15T10:00:00Z","updated_at":"2026-09-15T10:00:00Z","via":{"channel":"email"}}}
            """;
        Assert.Equal((3, 0, 3), (await sender.SendAsync(body)).Counts);
        await SmallFacts.AccountAsync(host, "zendesk:organization/6");
        Assert.Equal("Pump fails high email false", await TextAsync("select title || ' ' || priority || ' ' || channel || ' ' || deleted from issue where source_key = 'zendesk:ticket/77'"));

        await sender.SendAsync(body.Replace("ev-1", "ev-2", StringComparison.Ordinal).Replace("ticket.created", "ticket.soft_deleted", StringComparison.Ordinal)
            .Replace("\"updated_at\":\"2026-09-15T10", "\"updated_at\":\"2026-09-15T11", StringComparison.Ordinal));
        Assert.Equal("true", await TextAsync("select deleted::text from issue where source_key = 'zendesk:ticket/77'"));
    }

    [Fact]
    public async Task A_hubspot_deletion_takes_effect_and_a_second_attempt_is_the_same_delivery()
    {
        await SmallFacts.AccountAsync(host, "hubspot:512");
        var sender = await HookSender.NewAsync(host, HookScheme.Hubspot, "hubspot", "hubspot");
        const string body = "[{\"eventId\":1,\"subscriptionType\":\"company.deletion\",\"objectId\":512,\"occurredAt\":1789473660000,\"attemptNumber\":0},"
            + "{\"eventId\":2,\"subscriptionType\":\"deal.propertyChange\",\"objectId\":9,\"propertyName\":\"dealstage\",\"propertyValue\":\"won\",\"occurredAt\":1789473660000,\"attemptNumber\":0}]";

        var first = await sender.SendAsync(body);
        var second = await sender.SendAsync(body.Replace("\"attemptNumber\":0", "\"attemptNumber\":1", StringComparison.Ordinal));

        Assert.Equal((200, 1, 1), (first.Status, first.Counts.Read, (int)first.Json["changed"]!));
        Assert.Equal(first.Text, second.Text);
        Assert.Equal("true", await TextAsync("select deleted::text from account where source_key = 'hubspot:512'"));
    }

    [Fact]
    public async Task A_rejected_row_is_in_quarantine_and_the_answer_says_why()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "bad-rows", "stripe");
        var answer = await sender.SendAsync(Customer.Replace("cus_9", "cus_bad", StringComparison.Ordinal).Replace("1789300000", "\"soon\"", StringComparison.Ordinal));
        Assert.Equal((200, 1, 1), (answer.Status, answer.Counts.Read, answer.Counts.Rejected));
        Assert.Contains("occurred_at", (string)answer.Json["problems"]![0]!, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync($"select count(*) from quarantine where batch_id = {answer.Json["batch"]}"));
    }

    [Fact]
    public async Task The_secret_is_nowhere_in_clear()
    {
        await HookSender.NewAsync(host, HookScheme.Stripe, "kept-secret", "stripe");
        Assert.Equal(0, await CountAsync($"select count(*) from hook_source where hook_source::text like '%{HookSender.Secret}%'"));
        await using var find = host.Database.DataSource.CreateCommand("select secret from hook_source where name = 'kept-secret'");
        Assert.StartsWith("CfDJ8", (string)(await find.ExecuteScalarAsync(Ct))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_secret_leaves_the_old_one_a_day_unless_it_ends_at_once()
    {
        var sender = await HookSender.NewAsync(host, HookScheme.Stripe, "rotated", "stripe");
        var desk = await host.PartAsync<SourceDesk>();
        string Body(int n) => Customer.Replace("evt_c1", $"evt_r{n}", StringComparison.Ordinal).Replace("cus_9", $"cus_r{n}", StringComparison.Ordinal);

        await desk.RotateAsync("rotated", "the second secret of it", atOnce: false, Ct);
        Assert.Equal(200, (await sender.SendAsync(Body(1))).Status);
        Assert.Equal(200, (await sender.SendAsync(Body(2), secret: "the second secret of it")).Status);
        await desk.RotateAsync("rotated", "the third secret of it all", atOnce: true, Ct);
        Assert.Equal(401, (await sender.SendAsync(Body(3), secret: "the second secret of it")).Status);
        Assert.Equal(200, (await sender.SendAsync(Body(3), secret: "the third secret of it all")).Status);
    }

    private static string EventOf(string id, string type, JsonNode of) =>
        new JsonObject { ["id"] = id, ["object"] = "event", ["type"] = type, ["created"] = 1789400000, ["data"] = new JsonObject { ["object"] = of.DeepClone() } }.ToJsonString();

    private async Task<long> CountAsync(string sql) => long.Parse(await TextAsync(sql));

    private async Task<string> TextAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync(Ct)}";
    }
}
