using System.Text.Json.Nodes;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>Payloads as the vendors' systems write them. What they hold was counted by hand.</summary>
public sealed class VendorTests
{
    private const string Recruited = "{\"id\":\"1\",\"archived\":false,\"properties\":{";

    [Fact]
    public async Task Salesforce_gives_its_objects_and_keeps_the_fourteen_impossible_cases_out()
    {
        var folder = SharedData.Path("vendor/salesforce_workshop");
        await using var world = await World.CreateAsync();

        var report = await world.LoadPathAsync(folder, "salesforce");

        Assert.Equal(1, report.ExitCode);
        Assert.Equal(["106", "102", "50", "35", "26", "26"], await world.TextsAsync("""
            select count(*) from account union all select count(*) from contact union all select count(*) from deal
            union all select count(*) from deal_forecast union all select count(*) from issue union all select count(*) from issue_state
            """));
        Assert.Equal(["12 10542562.98 3"], await world.TextsAsync("select count(won_at) || ' ' || sum(amount) filter (where won_at is not null) || ' ' || count(lost_at) from deal"));
        Assert.Equal(["14 closed_before_created"], await world.TextsAsync("select count(*) || ' ' || reason from quarantine group by reason"));
        Assert.Equal(0, await world.CountAsync("select count(*) from interaction"));
    }

    [Fact]
    public async Task A_completed_salesforce_task_is_a_contact_with_a_customer_and_one_with_a_lead_waits()
    {
        var folder = SharedData.Path("vendor/salesforce_workshop");
        await using var world = await World.CreateAsync();
        await world.LoadPathAsync(folder, "salesforce");
        var tasks = await File.ReadAllTextAsync(Path.Combine(folder, "Task.csv"), TestContext.Current.CancellationToken);

        var report = await world.LoadFileAsync("Task.csv", tasks.Replace("Not Started", "Completed", StringComparison.Ordinal), "salesforce_task");

        Assert.Equal((47, 36, 11), (report.Read, report.Added, report.Rejected));
        Assert.Equal(["email 13", "meeting 10", "phone 13"], await world.TextsAsync("select channel || ' ' || count(*) from interaction group by channel order by 1"));
        Assert.Equal(11, await world.CountAsync("select count(*) from quarantine where reason = 'unknown_account' and waiting_for_account like 'salesforce:00Q%'"));
    }

    [Fact]
    public async Task Hubspot_gives_companies_contacts_deals_and_tickets()
    {
        var folder = SharedData.Path("vendor/hubspot");
        await using var world = await World.CreateAsync();
        foreach (var (file, mapping) in new[] { ("companies", "company"), ("contacts", "contact"), ("deals", "deal"), ("tickets", "ticket") })
        {
            var path = Path.Combine(folder, $"mock_{file}_data.json");
            Assert.Equal([], Assert.Single((await world.LoadPathAsync(path, $"hubspot_{mapping}")).Files).Problems);
        }

        Assert.Equal(["5", "2"], await world.TextsAsync("select count(*) from account union all select count(*) from contact"));
        Assert.Equal(["2 3733"], await world.TextsAsync("select count(*) || ' ' || sum(amount) from deal"));
        Assert.Equal(["closed", "new", "new"], await world.TextsAsync("select state from issue_state order by 1"));
    }

    [Fact]
    public async Task A_hubspot_call_belongs_to_each_of_its_companies_and_its_milliseconds_are_seconds()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("hubspot:7"), Given.Account("hubspot:8"));
        const string call = Recruited + "\"hs_timestamp\":\"2026-03-02T10:00:00.000Z\",\"hs_call_duration\":\"90500\",\"hs_call_direction\":\"INBOUND\","
            + "\"hs_call_disposition\":\"f240bbac-87c9-4f6e-bf70-924b57d47db7\",\"hubspot_owner_id\":\"5\"}";

        var both = await world.LoadFileAsync("calls.json", $"{{\"results\":[{call},\"associations\":{{\"companies\":{{\"results\":[{{\"id\":\"7\"}},{{\"id\":\"8\"}}]}}}}}}]}}", "hubspot_call");
        var none = await world.LoadFileAsync("calls.json", $"{{\"results\":[{call}}}]}}", "hubspot_call");

        Assert.Equal((2, 2), (both.Added, none.Added));
        Assert.Equal(
            ["hubspot:call/1 inbound true 91", "hubspot:call/1/7 inbound true 91", "hubspot:call/1/8 inbound true 91"],
            await world.TextsAsync("select source_key || ' ' || direction || ' ' || connected || ' ' || duration_seconds from interaction order by source_key"));
    }

    [Fact]
    public async Task Zendesk_pages_overlap_and_a_ticket_is_one_all_the_same()
    {
        var folder = SharedData.Path("vendor/zendesk");
        await using var world = await World.CreateAsync();
        await world.LoadPathAsync(Path.Combine(folder, "TestOrganizationCreateUpdateDelete_test_values_03.json"), "zendesk_organization");
        await world.LoadAsync([.. (await RequestersAsync(folder)).Select(r => Given.Account($"zendesk:user/{r}"))]);

        foreach (var file in Directory.EnumerateFiles(folder, "TicketsIncremental*.json").Order()) await world.LoadPathAsync(file, "zendesk_ticket");

        Assert.Equal(["87 1"], await world.TextsAsync("select count(*) || ' ' || count(*) filter (where deleted) from issue"));
        Assert.Equal(87, await world.CountAsync("select count(*) from interaction where direction = 'inbound'"));
        Assert.Equal(0, await world.CountAsync("select count(*) from quarantine"));
    }

    [Fact]
    public async Task A_zendesk_metric_and_a_rating_go_to_the_customer_of_their_ticket()
    {
        var folder = SharedData.Path("vendor/zendesk");
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"), GivenWork.Issue("crm:1", "zendesk:ticket/4343", "2009-07-20T22:00Z"), GivenWork.Issue("crm:1", "zendesk:ticket/208", "2009-07-20T22:00Z"));

        var metric = await world.LoadFileAsync("metrics.json", $"{{\"ticket_metrics\":[{await TextAsync(folder, "spec_ticket_metric.json")}]}}", "zendesk_ticket_metric");
        var rating = await world.LoadFileAsync("ratings.json", $"{{\"satisfaction_ratings\":[{await TextAsync(folder, "spec_satisfaction_rating.json")}]}}", "zendesk_satisfaction");
        var lost = await world.LoadFileAsync("metrics.json", "{\"ticket_metrics\":[{\"ticket_id\":9,\"solved_at\":\"2026-03-02T10:00:00Z\"}]}", "zendesk_ticket_metric");

        Assert.Equal((1, 2, 1), (metric.Added, rating.Added, lost.Rejected));
        Assert.Equal(["resolved 2011-05-09"], await world.TextsAsync("select state || to_char(occurred_at, ' YYYY-MM-DD') from issue_state"));
        Assert.Equal(["1 of 1"], await world.TextsAsync("select score || ' of ' || scale_max from survey_response"));
    }

    [Fact]
    public async Task Stripe_counts_in_the_smallest_unit_and_a_refund_finds_its_charge()
    {
        var fixtures = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Path("vendor/stripe/fixtures3.json"), TestContext.Current.CancellationToken))!["resources"]!;
        await using var world = await World.CreateAsync();
        fixtures["invoice"]!["status"] = "open";
        // Fixtures stand alone; the invoice a credit note belongs to is of the same customer.
        foreach (var name in new[] { "customer", "invoice", "credit_note", "charge", "refund" })
            Assert.Equal([], (await world.LoadFileAsync($"{name}.json", Listed(fixtures[name]!), $"stripe_{name}")).Problems);

        Assert.Equal(["10 USD 2009-02-13"], await world.TextsAsync("select trim_scale(amount) || ' ' || currency || ' ' || due_on from invoice"));
        Assert.Equal(["10"], await world.TextsAsync("select trim_scale(amount) from invoice_line"));
        Assert.Equal(["16.9"], await world.TextsAsync("select trim_scale(amount) from credit_note"));
        Assert.Equal(["-1", "1"], await world.TextsAsync("select trim_scale(amount) from payment order by amount"));
        Assert.Equal(["1"], await world.TextsAsync("select count(distinct account_id) from payment"));

        var gone = await world.LoadFileAsync("deleted_customer.json", Listed(JsonNode.Parse(fixtures["deleted_customer"]!.ToJsonString())!), "stripe_customer");

        Assert.Equal((1, 1), (gone.Read, gone.Changed));
        Assert.Equal(["true"], await world.TextsAsync("select deleted::text from account where source_key like 'stripe:cus%'"));
    }

    [Fact]
    public async Task Quickbooks_voids_and_deletes_an_invoice_it_had_created()
    {
        var folder = SharedData.Path("vendor/quickbooks");
        await using var world = await World.CreateAsync();
        foreach (var file in new[] { "all_customers_01", "all_customers_02", "create_customer_01", "update_customer_02" })
            Assert.NotEqual(FileOutcome.Failed, (await QuickbooksAsync(world, folder, file, "quickbooks_customer")).Outcome);
        Assert.Equal(41, await world.CountAsync("select count(*) from account"));
        Assert.Equal(4, await world.CountAsync("select count(*) from account where parent_key is not null"));

        await QuickbooksAsync(world, folder, "create_invoice_01", "quickbooks_invoice");
        await QuickbooksAsync(world, folder, "void_invoice_01", "quickbooks_invoice");
        Assert.Equal(["264 100.0 ", "266 100.0 "], await InvoicesAsync(world));
        await QuickbooksAsync(world, folder, "void_invoice_02", "quickbooks_invoice");
        var deleted = await QuickbooksAsync(world, folder, "delete_invoice_02", "quickbooks_invoice");

        Assert.Equal((1, 1, 0), (deleted.Read, deleted.Changed, deleted.Rejected));
        Assert.Equal(["264 0 voided", "266 100.0 deleted"], await InvoicesAsync(world));
        var fault = await QuickbooksAsync(world, folder, "error_401_01", "quickbooks_invoice");
        Assert.Equal(FileOutcome.Failed, fault.Outcome);
        var sold = await QuickbooksAsync(world, folder, "all_sales_receipts_01", "quickbooks_sales_receipt");
        Assert.Equal([], sold.Problems);
        Assert.Equal(["4 893.75"], await world.TextsAsync("select count(*) || ' ' || sum(amount) from payment"));
    }

    [Fact]
    public async Task Xero_dates_are_read_with_an_offset_and_without()
    {
        var example = Examples(SharedData.Path("vendor/xero/xero_accounting.yaml"));
        await using var world = await World.CreateAsync();
        var people = Given.Account("xero:a3675fc4-f8dd-4f03-ba5b-f1870566bcd7");
        await world.LoadAsync(people, Given.Account("xero:430fa14a-f945-44d3-9f97-5df5e28441b8"));
        foreach (var (name, mapping) in new[] { ("Contacts", "xero_contact"), ("Invoices", "xero_invoice"), ("CreditNotes", "xero_credit_note"), ("Payments", "xero_payment") })
            Assert.Equal([], (await world.LoadFileAsync($"{name}.json", example(name), mapping)).Problems);
        // The same moment without an offset is the same version.
        var bare = await world.LoadFileAsync("Invoices.json", example("Invoices").Replace("+0000)/", ")/", StringComparison.Ordinal), "xero_invoice");

        Assert.Equal((3, 3), (bare.Read, bare.Unchanged));
        Assert.Equal(
            ["INV-0001 40.00 2018-12-30 voided", "INV-0002 40.00 2018-12-30 ", "INV-0003 100.00 2018-11-07 "],
            await world.TextsAsync("select number || ' ' || amount || ' ' || due_on || ' ' || case when voided_at is null then '' else 'voided' end from invoice order by 1"));
        Assert.Equal(["30.00"], await world.TextsAsync("select amount from credit_note"));
        Assert.Equal(["-2.00", "46.00"], await world.TextsAsync("select amount from payment order by 1"));
        Assert.Equal(["2018-10-20 00:00"], await world.TextsAsync("select to_char(occurred_at at time zone 'utc', 'YYYY-MM-DD HH24:MI') from invoice where number = 'INV-0001'"));
    }

    [Theory]
    [InlineData("typeform/responses_api.json", "1 3")]
    [InlineData("typeform/webhook_form_response.json", "2 3")]
    public async Task Of_a_typeform_response_only_ratings_are_scores(string file, string scores)
    {
        var path = SharedData.Path("vendor/" + file);
        await using var world = await World.CreateAsync();

        Assert.Equal([], Assert.Single((await world.LoadPathAsync(path, "typeform_response")).Files).Problems);

        Assert.Equal([scores], await world.TextsAsync("select string_agg(score::text, ' ' order by score) from survey_response"));
    }

    [Theory]
    [InlineData("152299598", 16, 160, 34)]
    [InlineData("152303468", 21, 234, 38)]
    public async Task Every_answer_of_a_surveymonkey_response_is_reached(string survey, int responses, int answers, int score)
    {
        var path = SharedData.Path($"vendor/surveymonkey/responses_bulk_survey{survey}.json");
        await using var world = await World.CreateAsync();
        var yaml = Path.Combine(world.NewFolder(), "quiz.yaml");
        await File.WriteAllTextAsync(yaml, """
            name: quiz
            files: "*.json"
            records: [data]
            facts:
              - fact: account
                when: { earliest_of: survey_id }
                columns: { source_key: "quiz:all", occurred_at: "{date_modified}", name: Everybody }
              - fact: survey_response
                each: pages.questions.answers
                columns:
                  source_key:
                    - "quiz:{id}/{pages.questions.id}/{pages.questions.answers.choice_id}/{pages.questions.answers.row_id}"
                    - "quiz:{id}/{pages.questions.id}/{pages.questions.answers.choice_id}"
                    - "quiz:{id}/{pages.questions.id}/other"
                  account: "quiz:all"
                  occurred_at: "{date_modified}"
                  source: own
                  measure: csat
                  score: ["{pages.questions.answers.score}", "0"]
                  scale_min: "0"
                  scale_max: "1"
            """, TestContext.Current.CancellationToken);

        var shipped = Assert.Single((await world.LoadPathAsync(path, "surveymonkey_response")).Files);
        var file = Assert.Single((await world.LoadPathAsync(path, yaml)).Files);

        Assert.Equal([], file.Problems);
        Assert.Equal([$"{answers} {score}"], await world.TextsAsync("select count(*) || ' ' || sum(score) from survey_response"));
        Assert.Equal([$"{responses}"], await world.TextsAsync("select max(records) from batch"));
        // Ids without weights are no scores.
        Assert.Equal(1, shipped.Read);
    }

    [Fact]
    public async Task A_qualtrics_export_has_three_header_lines()
    {
        var path = SharedData.Path("vendor/qualtrics/sample.csv");
        await using var world = await World.CreateAsync();

        var file = Assert.Single((await world.LoadPathAsync(path, "qualtrics_response")).Files);

        Assert.Equal([], file.Problems);
        Assert.Equal(["2 2017-07-18 08:28:48 Hello World! 4"], await world.TextsAsync(
            "select score || to_char(occurred_at at time zone 'utc', ' YYYY-MM-DD HH24:MI:SS ') || comment || ' ' || position from survey_response"));
    }

    private static string Listed(JsonNode resource) => $"{{\"object\":\"list\",\"data\":[{resource.ToJsonString()}]}}";

    private static Task<string> TextAsync(string folder, string file) => File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);

    private static async Task<IEnumerable<string>> RequestersAsync(string folder) =>
        JsonNode.Parse(await TextAsync(folder, "TicketsIncrementalTest_test_get_values_01.json"))!["tickets"]!.AsArray().Select(t => t!["requester_id"]!.ToString()).Distinct();

    private static async Task<FileReport> QuickbooksAsync(World world, string folder, string file, string mapping) =>
        Assert.Single((await world.LoadPathAsync(Path.Combine(folder, file + ".json"), mapping)).Files);

    private static Task<IReadOnlyList<string>> InvoicesAsync(World world) => world.TextsAsync("""
        select split_part(source_key, '/', 2) || ' ' || amount || ' ' || case when deleted then 'deleted' when voided_at is not null then 'voided' else '' end
        from invoice where source_key like 'quickbooks:invoice/%' order by 1
        """);

    // The examples of answers in an OpenAPI document, as JSON.
    private static Func<string, string> Examples(string path)
    {
        var document = new YamlStream();
        using var text = File.OpenText(path);
        document.Load(text);
        return name => JsonOf(document.Documents[0].RootNode["paths"]["/" + name]["get"]["responses"]["200"]["content"]["application/json"]["example"])!.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static JsonNode? JsonOf(YamlNode node) => node switch
    {
        YamlMappingNode block => new JsonObject(block.Children.Select(c => KeyValuePair.Create(c.Key.ToString(), JsonOf(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(JsonOf)]),
        _ => node.ToString(),
    };
}
