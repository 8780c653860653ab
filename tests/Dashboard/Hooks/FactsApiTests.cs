using System.Net.Http.Headers;
using System.Text;
using Followthrough.Dashboard.Hooks;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Hooks;

/// <summary>Facts that programs send as CloudEvents, with a token.</summary>
public sealed class FactsApiTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private const string One = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_becomes_a_fact_and_a_batch_of_several_kinds_becomes_all_of_them()
    {
        var token = await TokenAsync("first");
        var one = await SendAsync(token, One, Event("account", "1", "\"source_key\":\"api:a1\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"Zoë & Co\""));
        Assert.Equal((200, (1, 1, 0)), (one.Status, one.Counts));

        var many = await SendAsync(token, Batch, $"[{Interaction("2", "api:i1", "api:a1")},{Event("account", "3", "\"source_key\":\"api:a2\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"Later\"")},{Interaction("4", "api:i2", "api:a2")}]");
        Assert.Equal((200, (3, 3, 0)), (many.Status, many.Counts));
        Assert.Equal("api:i1 1, api:i2 3", await TextAsync("select string_agg(source_key || ' ' || position, ', ' order by source_key) from interaction where source_key in ('api:i1', 'api:i2')"));
        Assert.Equal("api:first cloudevents:account+interaction", await TextAsync($"select source || ' ' || mapping from batch where batch_id = {many.Json["batch"]}"));
        Assert.Equal((200, (0, 0, 0)), (await SendAsync(token, Batch, "[]") is var none ? (none.Status, none.Counts) : default));
    }

    [Fact]
    public async Task Only_a_good_token_opens_it()
    {
        var clock = new ManualClock(SmallCompany.Now.AddDays(-40));
        var tokens = new ApiTokens(host.Database.DataSource, clock);
        _ = await host.NewProgramAsync();
        var expired = await tokens.MakeAsync("expired", TimeSpan.FromDays(30), Ct);
        var good = await TokenAsync("to-be-revoked");
        var body = Event("account", "9", "\"source_key\":\"api:a9\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"Nine\"");

        foreach (var token in new[] { null, "", "ft_guessed", expired, good + "x" })
        {
            var refused = await SendAsync(token, One, body);
            Assert.Equal(401, refused.Status);
            Assert.Equal("Bearer", refused.Headers.WwwAuthenticate.Single().Scheme);
        }
        var visitor = await host.SignedInAsync();
        using var cookie = await visitor.PostAsync("/api/v1/facts", []);
        Assert.Equal(401, (int)cookie.StatusCode);

        Assert.Equal(200, (await SendAsync(good, One, body)).Status);
        Assert.Equal("0", await TextAsync($"select count(*) from api_token where api_token::text like '%{good}%'"));
        await (await host.PartAsync<ApiTokens>()).RevokeAsync("to-be-revoked", Ct);
        Assert.Equal(401, (await SendAsync(good, One, body)).Status);
    }

    [Fact]
    public async Task Of_a_batch_with_one_wrong_value_nothing_is_in_and_event_field_and_expectation_are_named()
    {
        var token = await TokenAsync("strict");
        var bad = await SendAsync(token, Batch, $"[{Event("account", "b1", "\"source_key\":\"api:b1\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"Fine\"")},{Event("account", "b2", "\"source_key\":\"api:b2\",\"occurred_at\":\"yesterday\",\"name\":\"Not\"")}]");

        Assert.Equal(422, bad.Status);
        var error = Assert.Single(bad.Json["errors"]!.AsArray())!;
        Assert.Equal((1, "b2", "data.occurred_at"), ((int)error["event"]!, (string?)error["id"], (string?)error["field"]));
        Assert.Contains("'yesterday' is no date and time; expected ISO 8601", (string)error["expected"]!, StringComparison.Ordinal);
        Assert.Equal("0", await TextAsync("select count(*) from account where source_key in ('api:b1', 'api:b2')"));
        Assert.Equal("0", await TextAsync("select count(*) from batch where source = 'api:strict'"));
    }

    [Theory]
    [InlineData("data.account_id", "\"account_id\":1")]
    [InlineData("data.known_at", "\"known_at\":\"2020-01-01T00:00:00Z\"")]
    [InlineData("data.nmae", "\"nmae\":\"x\"")]
    [InlineData("data.region", "\"region\":[\"x\"]")]
    [InlineData("data.region", "\"region\":{\"x\":1}")]
    public async Task What_is_no_column_or_no_value_is_refused_by_name(string field, string member)
    {
        var answer = await SendAsync(await TokenAsync(), One, Event("account", "c1", $"\"source_key\":\"api:c1\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"C\",{member}"));
        Assert.Equal((400, field), (answer.Status, (string?)answer.Json["errors"]![0]!["field"]));
    }

    [Theory]
    [InlineData("specversion", "\"specversion\":\"1.0\"", "\"specversion\":\"0.3\"")]
    [InlineData("id", "\"id\":\"e\"", "\"id\":\"\"")]
    [InlineData("id", "\"id\":\"e\"", "\"id\":7")]
    [InlineData("source", "\"source\":\"/tests\",", "")]
    [InlineData("type", "followthrough.fact.account", "followthrough.fact.acount")]
    [InlineData("type", "followthrough.fact.account", "com.example.other")]
    [InlineData("data", "\"data\":{", "\"data\":null,\"other\":{")]
    [InlineData("'Role'", "\"id\":\"e\"", "\"id\":\"e\",\"Role\":\"admin\"")]
    public async Task An_event_that_is_none_is_refused_by_attribute(string field, string there, string instead)
    {
        var text = Event("account", "e", "\"source_key\":\"api:e\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"E\"");
        Assert.Contains(there, text, StringComparison.Ordinal);
        var answer = await SendAsync(await TokenAsync(), One, text.Replace(there, instead, StringComparison.Ordinal));
        Assert.Equal(400, answer.Status);
        Assert.Contains(field, answer.Json["errors"]!.AsArray().Select(e => (string?)e!["field"]));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("1.5e3")]
    [InlineData("\"NaN\"")]
    [InlineData("\"1,234.56\"")]
    [InlineData("99999999999999999999999999999999")]
    public async Task An_amount_that_is_no_exact_decimal_is_refused(string amount)
    {
        await SmallFacts.AccountAsync(host, $"api:m{Guid.NewGuid():N}");
        var answer = await SendAsync(await TokenAsync(), One, Payment(amount));
        Assert.Equal((422, "data.amount"), (answer.Status, (string?)answer.Json["errors"]![0]!["field"]));
    }

    [Fact]
    public async Task A_number_larger_than_a_double_can_hold_stays_exact()
    {
        await SmallFacts.AccountAsync(host, "api:rich");
        var answer = await SendAsync(await TokenAsync(), One, Payment("9007199254740993.01", "api:rich"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("9007199254740993.01", await TextAsync("select amount::text from payment where source_key = 'api:p1'"));
    }

    [Theory]
    [InlineData("{\"specversion\":\"1.0\",\"specversion\":\"1.0\"}")]
    [InlineData("{\"specversion\":\"1.0\",\"data\":{\"a\":1,\"a\":2}}")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task A_body_that_is_no_single_event_is_refused(string body) =>
        Assert.Equal(400, (await SendAsync(await TokenAsync(), One, body)).Status);

    [Fact]
    public async Task A_hundred_thousand_deep_is_refused() =>
        Assert.Equal(400, (await SendAsync(await TokenAsync(), Batch, new string('[', 100_000))).Status);

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/cloudevents+json; charset=iso-8859-1")]
    public async Task Another_kind_of_body_is_refused(string type) =>
        Assert.Equal(415, (await SendAsync(await TokenAsync(), type, "{}")).Status);

    [Fact]
    public async Task The_same_event_again_is_given_the_same_answer_and_another_under_its_id_is_refused()
    {
        var token = await TokenAsync("again");
        var body = Event("account", "same", "\"source_key\":\"api:same\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"Same\"");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(token, One, body)));
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(409, (await SendAsync(token, One, body.Replace("\"Same\"", "\"Other\"", StringComparison.Ordinal))).Status);
        Assert.Equal(409, (await SendAsync(token, Batch, $"[{body.Replace("\"Same\"", "\"Third\"", StringComparison.Ordinal)}]", "/tests same")).Status);
        Assert.Equal("Same 1", await TextAsync("select name || ' ' || (select count(*) from batch where source = 'api:again') from account where source_key = 'api:same'"));
    }

    [Fact]
    public async Task A_row_whose_account_nobody_has_heard_of_waits_for_it()
    {
        var answer = await SendAsync(await TokenAsync(), One, Interaction("w1", "api:w1", "api:unheard"));
        Assert.Equal((200, (1, 0, 1)), (answer.Status, answer.Counts));
        await SmallFacts.AccountAsync(host, "api:unheard");
        Assert.Equal("1", await TextAsync("select count(*) from interaction where source_key = 'api:w1'"));
    }

    [Fact]
    public async Task What_is_hostile_is_stored_as_it_is()
    {
        var name = "'; drop table account; -- <script> \\u202e =HYPERLINK(1) 😀";
        var answer = await SendAsync(await TokenAsync(), One, Event("account", "h1", $"\"source_key\":\"api:hostile\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"{name}\""));
        Assert.Equal(200, answer.Status);
        Assert.Equal(name.Replace("\\u202e", "\u202e", StringComparison.Ordinal), await TextAsync("select name from account where source_key = 'api:hostile'"));
        var nul = await SendAsync(await TokenAsync(), One, Event("account", "h2", "\"source_key\":\"api:nul\",\"occurred_at\":\"2026-09-01T00:00:00Z\",\"name\":\"a\\u0000b\""));
        Assert.Equal((422, "data.name"), (nul.Status, (string?)nul.Json["errors"]![0]!["field"]));
    }

    private static string Event(string fact, string id, string data) =>
        $"{{\"specversion\":\"1.0\",\"id\":\"{id}\",\"source\":\"/tests\",\"type\":\"followthrough.fact.{fact}\",\"time\":\"2026-09-15T11:00:00Z\",\"data\":{{{data}}}}}";

    private static string Interaction(string id, string key, string account) => Event("interaction", id,
        $"\"source_key\":\"{key}\",\"account\":\"{account}\",\"occurred_at\":\"2026-09-14T08:00:00Z\",\"channel\":\"email\",\"direction\":\"inbound\",\"kind\":\"message\"");

    private static string Payment(string amount, string account = "api:a1") => Event("payment", $"p{Guid.NewGuid():N}",
        $"\"source_key\":\"api:p1\",\"account\":\"{account}\",\"occurred_at\":\"2026-09-14T08:00:00Z\",\"amount\":{amount},\"currency\":\"EUR\"");

    private async Task<string> TokenAsync(string? name = null) =>
        (await (await host.PartAsync<ApiTokens>()).MakeAsync(name ?? $"t{Guid.NewGuid():N}", TimeSpan.FromDays(1), Ct))!;

    private async Task<HookAnswer> SendAsync(string? token, string type, string body, string? key = null)
    {
        var client = await host.NewProgramAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/facts", UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request, Ct);
        return new HookAnswer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct), response.Headers);
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync(Ct)}";
    }
}
