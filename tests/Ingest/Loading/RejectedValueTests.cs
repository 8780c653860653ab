using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>What a column does not accept, in the very words the sender reads; the rows around it go in.</summary>
public sealed class RejectedValueTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string NoInstant = "is no date and time; expected ISO 8601 with an offset, for example 2026-09-30T14:05:00Z";
    private const string NoNumber = "is no plain decimal; expected digits with a point, for example 1234.56";
    private const string NoWhole = "is no whole number; expected digits, for example 42, and at most 2147483647";

    [Theory]
    [InlineData("yesterday", $"'yesterday' {NoInstant}")]
    [InlineData("03/02/2026 10:00", $"'03/02/2026 10:00' {NoInstant}")]
    [InlineData("2026-03-02", $"'2026-03-02' {NoInstant}")]
    [InlineData("2024-02-30T10:00:00Z", $"'2024-02-30T10:00:00Z' {NoInstant}")]
    [InlineData("2026-03-02T24:00:00Z", $"'2026-03-02T24:00:00Z' {NoInstant}")]
    [InlineData("2016-12-31T23:59:60Z", $"'2016-12-31T23:59:60Z' {NoInstant}")]
    [InlineData("infinity", $"'infinity' {NoInstant}")]
    [InlineData("2026-03-02T10:00:00", "'2026-03-02T10:00:00' has no offset; expected one, for example 2026-03-02T10:00:00Z or 2026-03-02T10:00:00+01:00")]
    [InlineData("2026-03-02 10:00", "'2026-03-02 10:00' has no offset; expected one, for example 2026-03-02 10:00Z or 2026-03-02 10:00+01:00")]
    [InlineData("1969-12-31T23:59:59Z", "'1969-12-31T23:59:59Z' is out of range; expected a time from 1970 to 2099")]
    [InlineData("9999-12-31T23:59:59Z", "'9999-12-31T23:59:59Z' is out of range; expected a time from 1970 to 2099")]
    [InlineData("0001-01-01T00:00:00Z", "'0001-01-01T00:00:00Z' is out of range; expected a time from 1970 to 2099")]
    [InlineData("", "is empty; expected a value, because the fact has no meaning without it")]
    public Task An_instant_is_rejected(string text, string message) => IsRejectedAsync("occurred_at", text, message);

    [Theory]
    [InlineData("2026-03-02T10:00:00Z", "2026-03-02 10:00:00")]
    [InlineData("2026-03-02T10:00Z", "2026-03-02 10:00:00")]
    [InlineData("2026-03-02 10:00:00+00", "2026-03-02 10:00:00")]
    [InlineData("2026-03-02 10:00:00.5-03", "2026-03-02 13:00:00.5")]
    [InlineData("2026-03-02 10:00:00+05:45", "2026-03-02 04:15:00")]
    [InlineData(" 2026-03-02T10:00:00.1234567+01:00 ", "2026-03-02 09:00:00.123456")]
    [InlineData("2026-03-02T10:00:00.123456789Z", "2026-03-02 10:00:00.123456")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29 00:00:00")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01 00:00:00")]
    public Task An_instant_is_read(string text, string stored) => IsStoredAsync("occurred_at", text, $"timestamp '{stored}'::text");

    [Theory]
    [InlineData("1,234.56")]
    [InlineData("1.234,56")]
    [InlineData("$5")]
    [InlineData("(5)")]
    [InlineData("5 €")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e309")]
    [InlineData("1e2")]
    [InlineData("99999999999999999999999999999999")]
    public Task An_amount_is_rejected(string text) => IsRejectedAsync("amount", text, $"'{text}' {NoNumber}");

    [Theory]
    [InlineData("0.285", "0.285")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("+3", "3")]
    [InlineData("0", "0")]
    [InlineData("123456789012345678.123456789", "123456789012345678.123456789")]
    public Task An_amount_is_read_exactly(string text, string stored) => IsStoredAsync("amount", text, $"'{stored}'");

    [Theory]
    [InlineData("2147483648")]
    [InlineData("1.0")]
    [InlineData("ten")]
    public Task A_whole_number_is_rejected(string text) => IsRejectedAsync("revision", text, $"'{text}' {NoWhole}");

    [Theory]
    [InlineData("maybe", "'maybe' is neither yes nor no; expected true or false")]
    [InlineData("2", "'2' is neither yes nor no; expected true or false")]
    public Task A_flag_is_rejected(string text, string message) => IsRejectedAsync("complete", text, message);

    [Theory]
    [InlineData("YES", "true")]
    [InlineData("t", "true")]
    [InlineData("1", "true")]
    [InlineData("False", "false")]
    [InlineData("n", "false")]
    [InlineData("0", "false")]
    public Task A_flag_is_read(string text, string stored) => IsStoredAsync("complete", text, $"'{stored}'");

    [Fact]
    public async Task A_day_that_does_not_exist_and_a_far_one_are_rejected()
    {
        await using var world = await World.CreateAsync();
        var report = await world.LoadFileAsync("fx_rate.csv", """
            source_key,occurred_at,currency,quote_currency,rate,day
            ecb:1,2026-03-02T15:00Z,EUR,USD,1.08,2024-02-30
            ecb:2,2026-03-02T15:00Z,EUR,USD,1.08,2100-01-01
            ecb:3,2026-03-02T15:00Z,EUR,USD,1.08,2024-02-29
            """);

        Assert.Equal(
            [
                "fx_rate.csv line 2: field day: '2024-02-30' is no day; expected yyyy-MM-dd, for example 2026-09-30.",
                "fx_rate.csv line 3: field day: '2100-01-01' is out of range; expected 1970 to 2099.",
            ],
            report.Problems);
        Assert.Equal(["2024-02-29"], await world.TextsAsync("select day::text from fx_rate"));
    }

    [Fact]
    public async Task A_value_outside_its_choices_is_rejected_with_the_choices()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));
        var report = await world.LoadFileAsync("interaction.csv", """
            source_key,occurred_at,account,channel,direction,kind
            a,2026-03-02T15:00Z,crm:1,pigeon,inbound,message
            b,2026-03-02T15:00Z,crm:1,Email,OUTBOUND,Message
            """);

        Assert.Equal(
            "interaction.csv line 2: field channel: 'pigeon' is not known; expected one of email, phone, sms, chat, portal, meeting, letter.",
            Assert.Single(report.Problems));
        Assert.Equal(["email outbound message"], await world.TextsAsync("select channel || ' ' || direction || ' ' || kind from interaction"));
    }

    [Fact]
    public async Task A_zone_that_does_not_exist_is_rejected_and_the_ledger_goes_on()
    {
        await using var world = await World.CreateAsync();
        var calendars = await world.LoadFileAsync("calendar.csv", """
            source_key,occurred_at,name,time_zone
            cal:1,2026-03-02T15:00Z,Mars,Mars/Olympus
            cal:2,2026-03-02T15:00Z,Windows,W. Europe Standard Time
            cal:3,2026-03-02T15:00Z,Path,../../etc/passwd
            cal:4,2026-03-02T15:00Z,Berlin,Europe/Berlin
            cal:5,2026-03-02T15:00Z,Greenwich,UTC
            """);
        const string expected = "is no time zone; expected an IANA name, for example Europe/Berlin.";
        Assert.Equal(
            [
                $"calendar.csv line 2: field time_zone: 'Mars/Olympus' {expected}",
                $"calendar.csv line 3: field time_zone: 'W. Europe Standard Time' {expected}",
                $"calendar.csv line 4: field time_zone: '../../etc/passwd' {expected}",
            ],
            calendars.Problems);
        var accounts = await world.LoadFileAsync("account.csv", "source_key,occurred_at,name,time_zone\ncrm:1,2026-03-02T15:00Z,Acme,Berlin\ncrm:2,2026-03-02T15:00Z,Bolt,\n");
        Assert.Equal([$"account.csv line 2: field time_zone: 'Berlin' {expected}"], accounts.Problems);
        Assert.Equal(["time_zone bad_time_zone"], await world.TextsAsync("select distinct field || ' ' || reason from quarantine"));
        Assert.Equal(1, (await world.RefreshAsync()).Accounts);
    }

    [Fact]
    public async Task Every_wrong_field_of_a_row_is_named()
    {
        await using var world = await World.CreateAsync();
        var report = await world.LoadFileAsync("staff.csv", "source_key,occurred_at,name,ended_at\nhr:1,soon,,later\n");

        Assert.Equal(
            $"staff.csv line 2: field occurred_at: 'soon' {NoInstant}; field name: is empty; expected a value, because the fact has no meaning without it; "
            + $"field ended_at: 'later' {NoInstant}.",
            Assert.Single(report.Problems));
        Assert.Equal(["occurred_at bad_instant"], await world.TextsAsync("select field || ' ' || reason from quarantine"));
    }

    [Fact]
    public async Task Long_texts_and_keys_are_rejected_at_their_limits()
    {
        await using var world = await World.CreateAsync();
        var report = await world.LoadFileAsync("staff.csv",
            $"source_key,occurred_at,name\nhr:1,2026-03-02T15:00Z,{new string('n', 1_048_577)}\n{new string('k', 513)},2026-03-02T15:00Z,Ann\n"
            + $"{Incompressible(512)},2026-03-02T15:00Z,{new string('n', 1_048_576)}\n");

        Assert.Equal(
            ["staff.csv line 2: field name: has 1,048,577 characters; expected at most 1,048,576.", "staff.csv line 3: field source_key: has 513 characters; expected at most 512."],
            report.Problems);
        Assert.Equal(["512 1048576"], await world.TextsAsync("select length(source_key) || ' ' || length(name) from staff"));
    }

    [Fact]
    public async Task A_message_never_holds_what_a_terminal_or_the_database_cannot_take()
    {
        await using var world = await World.CreateAsync();
        var cutInHalf = new string('x', 59) + "😀 and more";
        var report = await world.LoadFileAsync("staff.csv",
            $"source_key,occurred_at,name\nhr:1,\"\u001b[31mred\nline\u202e\",Ann\nhr:2,{cutInHalf},Bob\n");

        Assert.Equal($"staff.csv line 2: field occurred_at: '\\u001B[31mred\\u000Aline\\u202E' {NoInstant}.", report.Problems[0]);
        Assert.Equal($"staff.csv line 4: field occurred_at: '{new string('x', 59)}…' {NoInstant}.", report.Problems[1]);
        Assert.Equal(2, await world.CountAsync("select count(*) from quarantine"));
    }

    // Three bytes a character, and nothing for the database to shorten.
    private static string Incompressible(int length)
    {
        var random = new Random(1);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)(0x4E00 + random.Next(0x5000))));
    }

    /// <summary>One proposal with the text in a column, between two sound ones.</summary>
    private async Task<FileReport> LoadProposalAsync(string column, string text)
    {
        await using var world = World.Over(database);
        await world.LoadAsync(Given.Account("crm:1"));
        var key = $"{column} {text}";
        string Field(string name, string usual) => name == column ? text : usual;
        string Row(string k, Func<string, string, string> field) =>
            $"\"{k}\",{field("occurred_at", "2026-03-02T10:00Z")},crm:1,{field("revision", "1")},{field("complete", "true")},\"{field("amount", "10")}\"";
        return await world.LoadFileAsync("proposal.csv", string.Join('\n', "source_key,occurred_at,account,revision,complete,amount",
            Row($"{key} before", (_, usual) => usual), Row(key, Field), Row($"{key} after", (_, usual) => usual)));
    }

    private async Task IsRejectedAsync(string column, string text, string message)
    {
        var report = await LoadProposalAsync(column, text);

        Assert.Equal($"proposal.csv line 3: field {column}: {message}.", Assert.Single(report.Problems));
        Assert.Equal((3, 2, 1), (report.Read, report.Added, report.Rejected));
    }

    private async Task IsStoredAsync(string column, string text, string expected)
    {
        var report = await LoadProposalAsync(column, text);

        Assert.Equal((3, 0), (report.Read, report.Rejected));
        await using var world = World.Over(database);
        var key = $"{column} {text}".Trim().Replace("'", "''", StringComparison.Ordinal);
        var value = column == "occurred_at" ? "(occurred_at at time zone 'utc')" : column;
        Assert.Equal(["true"], await world.TextsAsync($"select ({value}::text = {expected})::text from proposal where source_key = '{key}'"));
    }

    [Fact]
    public async Task A_rejected_record_is_settled_when_its_fact_gets_in_corrected_and_not_before()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));
        const string header = "source_key,account,occurred_at,channel,direction,kind\n";
        await world.LoadFileAsync("interaction.csv", header + "mail:1,crm:1,yesterday,email,inbound,message\nmail:2,crm:1,tomorrow,email,inbound,message\n");
        await world.LoadFileAsync("interaction-2.csv", header + "mail:1,crm:1,2026-03-02T10:00:00Z,email,inbound,message\n");
        Assert.Equal(["mail:2"], await world.TextsAsync("select source_key from quarantine where resolved_at is null"));
        Assert.Equal(["mail:1"], await world.TextsAsync("select source_key from quarantine where resolved_at is not null"));
    }
}
