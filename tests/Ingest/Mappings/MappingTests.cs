using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>Mapping files: what they make of a foreign file, and what is said of a wrong one.</summary>
public sealed class MappingTests
{
    private const string Calls = """
        name: calls
        files: "calls*.csv"
        facts:
          - fact: account
            when: { first_of: "customer" }
            columns:
              source_key: "pbx:{customer}"
              name: "{customer}"
              occurred_at: "{start}"
          - fact: interaction
            when: { "state": "answered" }
            columns:
              source_key: "pbx:{id}"
              account: "pbx:{customer}"
              occurred_at: "{start}"
              channel: phone
              direction: "{way}"
              kind: call
              connected: "true"
              duration_seconds: "{seconds}"
        """;

    private const string Header = "id,customer,start,way,state,seconds,agent";

    [Fact]
    public async Task One_record_becomes_several_facts_or_none()
    {
        await using var world = await World.CreateAsync();

        var report = await LoadAsync(world, "calls.csv", $"""
            {Header}
            1,Acme,2026-03-02T10:00Z,inbound,answered,90,Ann
            2, Acme ,2026-03-02T11:00Z,inbound,missed,,Ann
            3,Acme,2026-03-02T12:00Z,outbound,answered,x,Ann
            4,Zenith,2026-03-02T13:00Z,outbound,answered,,Ann
            """);

        Assert.Equal("calls.csv line 4: field duration_seconds: 'x' is no whole number; expected digits, for example 42, and at most 2147483647.", Assert.Single(report.Problems));
        Assert.Equal((5, 4, 1), (report.Read, report.Added, report.Rejected));
        Assert.Equal(["pbx:Acme", "pbx:Zenith"], await world.TextsAsync("select source_key from account order by 1"));
        Assert.Equal(["pbx:1 phone inbound 90", "pbx:4 phone outbound "], await world.TextsAsync("select source_key || ' ' || channel || ' ' || direction || ' ' || coalesce(duration_seconds::text, '') from interaction order by 1"));
        Assert.Equal(["4 4 1"], await world.TextsAsync("select records || ' ' || position || ' ' || rule from batch, quarantine"));
    }

    [Fact]
    public async Task A_row_read_by_a_mapping_file_waits_for_its_account_without_the_file()
    {
        await using var world = await World.CreateAsync();
        var onlyCalls = Calls[..Calls.IndexOf("  - fact: account", StringComparison.Ordinal)] + Calls[Calls.IndexOf("  - fact: interaction", StringComparison.Ordinal)..];
        var waiting = await LoadAsync(world, "calls.csv", $"{Header}\n1,Acme,2026-03-02T10:00Z,inbound,answered,90,Ann\n", onlyCalls);

        var accounts = await world.LoadAsync(Given.Account("pbx:Acme"));

        Assert.Equal((1, 1), (waiting.Rejected, accounts.Files[0].Released));
        Assert.Equal(["pbx:1 true 90"], await world.TextsAsync("select source_key || ' ' || connected || ' ' || duration_seconds from interaction"));
    }

    [Fact]
    public async Task Two_rows_of_one_record_are_judged_apart_when_one_names_an_unknown_account()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));
        const string row = "    columns: { source_key: \"{id}/{0}\", account: \"{0}\", occurred_at: \"{at}\", channel: email, direction: outbound, kind: message }\n";
        var yaml = $"name: pair\nfiles: \"*.csv\"\nfacts:\n  - fact: interaction\n{row.Replace("{0}", "{from}", StringComparison.Ordinal)}  - fact: interaction\n{row.Replace("{0}", "{to}", StringComparison.Ordinal)}";

        var report = await LoadAsync(world, "pair.csv", "id,at,from,to\n1,2026-03-02T10:00Z,crm:1,crm:2\n", yaml);

        Assert.Equal((2, 1, 1), (report.Read, report.Added, report.Rejected));
        Assert.Equal(["crm:2"], await world.TextsAsync("select waiting_for_account from quarantine"));
    }

    [Fact]
    public async Task A_changed_mapping_reads_a_known_file_again()
    {
        await using var world = await World.CreateAsync();
        const string file = $"{Header}\n1,Acme,2026-03-02T10:00Z,inbound,answered,90,Ann\n";
        await LoadAsync(world, "calls.csv", file);

        var same = await LoadAsync(world, "calls.csv", file);
        var changed = await LoadAsync(world, "calls.csv", file, Calls.Replace("kind: call", "kind: voicemail", StringComparison.Ordinal));

        Assert.Equal((FileOutcome.AlreadyLoaded, FileOutcome.Loaded), (same.Outcome, changed.Outcome));
        Assert.Equal((1, 1), (changed.Changed, changed.Unchanged));
    }

    [Fact]
    public async Task A_file_without_a_column_that_the_mapping_reads_is_refused()
    {
        await using var world = await World.CreateAsync();

        var report = await LoadAsync(world, "calls.csv", "id,customer,start,way,seconds\n1,Acme,2026-03-02T10:00Z,inbound,90\n");

        Assert.Equal((FileOutcome.Failed, "calls.csv line 1: column 'state' is missing, which the mapping calls reads (did you mean 'start'?)."), (report.Outcome, report.Problems[0]));
    }

    [Fact]
    public async Task A_json_record_may_leave_a_field_out()
    {
        await using var world = await World.CreateAsync();

        var report = await LoadAsync(world, "calls.jsonl", """
            {"id":1,"customer":"Acme","start":"2026-03-02T10:00Z","way":"inbound","state":"answered"}
            {"id":2,"customer":"Acme","way":"inbound","state":"answered"}
            """);

        Assert.Equal("calls.jsonl line 2: field occurred_at: is empty; expected a value, because the fact has no meaning without it.", Assert.Single(report.Problems));
        Assert.Equal((3, 2), (report.Read, report.Added));
    }

    [Fact]
    public async Task An_unknown_mapping_suggests_the_nearest()
    {
        await using var world = await World.CreateAsync();

        var refused = await Assert.ThrowsAsync<MappingException>(() => world.LoadFileAsync("log.csv", "a\n", "helpdesk_italain"));

        Assert.Equal(
            $"There is no mapping 'helpdesk_italain' (did you mean 'helpdesk_italian'?). Shipped: {string.Join(", ", MappingCatalogue.Shipped)}; or give the path of a .yaml file.",
            refused.Message);
    }

    [Theory]
    [InlineData("fact: account\n", "fact: acount\n", "calls.yaml line 4: there is no fact 'acount' (did you mean 'account'?).")]
    [InlineData("name: \"{customer}\"", "nmae: \"{customer}\"", "calls.yaml line 8: account has no column 'nmae' (did you mean 'name'?).")]
    [InlineData("      direction: \"{way}\"\n", "", "calls.yaml line 10: nothing feeds interaction.direction, which is required.")]
    [InlineData("channel: phone", "channel: pigeon", "calls.yaml line 16: interaction.channel 'pigeon' is not known; expected one of email, phone, sms, chat, portal, meeting, letter.")]
    [InlineData("name: calls\n", "", "calls.yaml line 1: 'name' is missing.")]
    [InlineData("files:", "filse:", "calls.yaml line 1: 'files' is missing.")]
    [InlineData("facts:", "headers: 1\nfacts:", "calls.yaml line 3: 'headers' is not known here; expected some of name, files, records,")]
    [InlineData("    when: { first_of", "    whenn: { first_of", "calls.yaml line 5: 'whenn' is not known here (did you mean 'when'?); expected some of fact, each, when, columns.")]
    [InlineData("occurred_at: \"{start}\"\n      channel", "occurred_at: { from: \"{start}\", zone: Europe/Atlantis }\n      channel", "calls.yaml line 15: there is no time zone 'Europe/Atlantis'; expected an IANA name, for example Europe/Paris.")]
    [InlineData("occurred_at: \"{start}\"\n      channel", "occurred_at: { from: \"{start}\", fromat: x }\n      channel", "calls.yaml line 15: 'fromat' is not known here")]
    [InlineData("\"{seconds}\"", "{ from: \"{seconds}\", divided_by: \"0\" }", "calls.yaml line 20: 'divided_by' is a number above 0; it is '0'.")]
    [InlineData("direction: \"{way}\"", "direction: { from: \"{way}\", values: { in: inbuond } }", "calls.yaml line 17: interaction.direction 'inbuond' is not known; expected one of inbound, outbound, internal.")]
    [InlineData("\"pbx:{id}\"", "\"pbx:{id}/{#}\"", "calls.yaml line 1: {#} is the number of a record among its like; expected 'numbered_by' with the fields in which they are alike.")]
    [InlineData("connected: \"true\"", "connected: { from: \"{id}\", date: json }", "calls.yaml line 19: interaction.connected is no date.")]
    [InlineData("connected: \"true\"", "subject: { sum_of: lines }", "calls.yaml line 19: only the amount of invoice or sales_order can be the sum of its lines")]
    [InlineData("facts:", "encoding: ebcdic\nfacts:", "calls.yaml line 3: there is no encoding 'ebcdic'; expected one of utf-8, utf-16, utf-16be, latin1,")]
    [InlineData("facts:", "facts: [", "calls.yaml: not a mapping; expected name, files and a list of facts.")]
    public async Task A_wrong_mapping_is_refused_with_its_line(string right, string wrong, string message)
    {
        await using var world = await World.CreateAsync();
        Assert.Contains(right, Calls, StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<MappingException>(() => LoadAsync(world, "calls.csv", Header, Calls.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<FileReport> LoadAsync(World world, string name, string content, string mapping = Calls)
    {
        var yaml = Path.Combine(world.NewFolder(), "calls.yaml");
        await File.WriteAllTextAsync(yaml, mapping, TestContext.Current.CancellationToken);
        return await world.LoadFileAsync(name, content, yaml);
    }
}
