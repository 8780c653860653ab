using System.Text;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>Damaged, odd and plain wrong CSV files: a clear message each, the good rows in, the others kept.</summary>
public sealed class CsvFileTests
{
    private const string Header = "source_key,occurred_at,name";
    private const string Ann = "hr:1,2026-03-02T10:00Z,Ann";
    private const string Bob = "hr:2,2026-03-02T10:00Z,Bob";
    private const string NotUtf8 = "is not valid UTF-8; expected the file saved as UTF-8";
    private const string StaffColumns = "source_key, occurred_at, source_modified_at, deleted, name, email, title, manager_key, ended_at";

    [Theory]
    [InlineData("source_key,occurred_at,nmae", $"column 'nmae' is no column of staff (did you mean 'name'?); expected some of {StaffColumns}")]
    [InlineData($"{Header},favourite_colour", $"column 'favourite_colour' is no column of staff; expected some of {StaffColumns}")]
    [InlineData("source_key,name", "column 'occurred_at' is missing; expected it, because a staff has no meaning without it")]
    [InlineData($"{Header},name", "column 'name' stands twice in the header; expected each name once")]
    [InlineData($"{Header},", "column 4 has no name; expected a header with a name for every column")]
    [InlineData("source_key|occurred_at|name", $"column 'source_key|occurred_at|name' is no column of staff; expected some of {StaffColumns}")]
    public async Task A_wrong_header_refuses_the_file_with_rows_and_without(string header, string message)
    {
        await using var world = await World.CreateAsync();

        var withRows = await world.LoadFileAsync("staff.csv", $"{header}\n{Ann},\n");
        var without = await world.LoadFileAsync("staff.csv", header);

        Assert.Equal((FileOutcome.Failed, FileOutcome.Failed), (withRows.Outcome, without.Outcome));
        Assert.Equal([$"staff.csv line 1: {message}."], withRows.Problems);
        Assert.Equal(withRows.Problems, without.Problems);
        Assert.Equal(0, await world.CountAsync("select count(*) from batch"));
    }

    [Fact]
    public async Task Columns_may_come_in_any_order()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", "name, occurred_at ,source_key\nAnn,2026-03-02T10:00Z,hr:1\n");

        Assert.Equal(1, report.Added);
        Assert.Equal(["hr:1 Ann"], await world.TextsAsync("select source_key || ' ' || name from staff"));
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    public async Task Semicolons_and_tabs_separate_too(string separator)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"source_key,occurred_at,\"name\"\nhr:1,2026-03-02T10:00Z,\"Ann, M.A.\"\nhr:2,2026-03-02T10:00Z,Bob\n".Replace(", M", "#", StringComparison.Ordinal)
            .Replace(",", separator, StringComparison.Ordinal).Replace("#", ", M", StringComparison.Ordinal));

        Assert.Equal([], report.Problems);
        Assert.Equal(["Ann, M.A.", "Bob"], await world.TextsAsync("select name from staff order by 1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Header)]
    [InlineData(Header + "\r\n")]
    [InlineData(Header + "\n\n\n")]
    public async Task A_file_without_rows_is_loaded_as_a_batch_of_none(string content)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", content);

        Assert.Equal((FileOutcome.Loaded, 0), (report.Outcome, report.Read));
        Assert.Equal(1, await world.CountAsync("select count(*) from batch"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_are_counted_over_quoted_line_ends(string end)
    {
        await using var world = await World.CreateAsync();
        string[] lines = [Header, $"hr:0,2026-03-02T10:00Z,\"Two{end}or{end}more \"\"lines\"\"\"", "hr:1,soon,Ann", "", Bob, "hr:3,later,\"Cy{end}ril\"".Replace("{end}", end, StringComparison.Ordinal)];

        var report = await world.LoadFileAsync("staff.csv", string.Join(end, lines));

        Assert.Equal(["staff.csv line 5: field occurred_at: 'soon'", "staff.csv line 8: field occurred_at: 'later'"], report.Problems.Select(p => p[..p.IndexOf(" is", StringComparison.Ordinal)]));
        Assert.Equal(["hr:0@2", "hr:2@7"], await world.TextsAsync("select source_key || '@' || position from staff order by 1"));
        Assert.Equal([$"Two{end}or{end}more \"lines\""], await world.TextsAsync("select name from staff where source_key = 'hr:0'"));
        var hash = (await world.TextsAsync("select sha256 from batch")).Single();
        Assert.Equal(lines[1], await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 2, TestContext.Current.CancellationToken));
        Assert.Equal("hr:1,soon,Ann", await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 5, TestContext.Current.CancellationToken));
        Assert.Equal(lines[5], await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 8, TestContext.Current.CancellationToken));
        Assert.Null(await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 3, TestContext.Current.CancellationToken));
        Assert.Null(await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 99, TestContext.Current.CancellationToken));
        Assert.Null(await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", "no such hash", ""), 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Mixed_line_ends_are_counted_too()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\r\n{Ann}\r{Bob}\nhr:3,soon,Cyril\r\n");

        Assert.StartsWith("staff.csv line 4: field occurred_at: 'soon'", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_byte_order_mark_is_honoured(string name)
    {
        await using var world = await World.CreateAsync();
        var encoding = Encoding.GetEncoding(name);

        var report = await world.LoadFileAsync("staff.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes($"{Header}\nhr:1,2026-03-02T10:00Z,Žofie 😀\n")]);

        Assert.Equal([], report.Problems);
        Assert.Equal(["Žofie 😀"], await world.TextsAsync("select name from staff"));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf_16_without_a_byte_order_mark_is_refused(string name)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", Encoding.GetEncoding(name).GetBytes($"{Header}\n{Ann}\n"));

        Assert.Equal(FileOutcome.Failed, report.Outcome);
        Assert.Equal(["staff.csv line 1: looks like UTF-16 or a binary file without a byte-order mark; expected text in UTF-8."], report.Problems);
    }

    [Fact]
    public async Task A_latin_1_byte_rejects_its_row_alone()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", Encoding.Latin1.GetBytes($"{Header}\n{Ann}\nhr:2,2026-03-02T10:00Z,José\n"));

        Assert.Equal($"staff.csv line 3: field name: {NotUtf8}.", Assert.Single(report.Problems));
        Assert.Equal(["Ann"], await world.TextsAsync("select name from staff"));
    }

    [Fact]
    public async Task A_nul_byte_rejects_its_row_alone()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\n{Ann}\nhr:2,2026-03-02T10:00Z,B\0b\n");

        Assert.Equal("staff.csv line 3: field name: holds a NUL byte, which no text can.", Assert.Single(report.Problems));
        Assert.Equal(["{\"source_key\":\"hr:2\",\"occurred_at\":\"2026-03-02T10:00Z\",\"name\":\"B\\u0000b\"}"], await world.TextsAsync("select record from quarantine"));
        Assert.Equal(["Ann"], await world.TextsAsync("select name from staff"));
    }

    [Theory]
    [InlineData("hr:2,2026-03-02T10:00Z", "has 2 fields; expected 3 as in the header", "ragged")]
    [InlineData("hr:2,2026-03-02T10:00Z,Bob,Builder", "has 4 fields; expected 3 as in the header", "ragged")]
    [InlineData("hr:2,2026-03-02T10:00Z,Bob \"the\" Builder", "has a quote in the middle of a field; expected the whole field in quotes, with quotes inside it doubled", "stray_quote")]
    [InlineData("hr:2,2026-03-02T10:00Z,\"Bob\" Builder", "has a quote in the middle of a field; expected the whole field in quotes, with quotes inside it doubled", "stray_quote")]
    public async Task A_misshapen_row_is_rejected_and_kept_as_it_was(string row, string message, string reason)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\n{Ann}\n{row}\nhr:3,2026-03-02T10:00Z,Cyril\n");

        Assert.Equal($"staff.csv line 3: {message}.", Assert.Single(report.Problems));
        Assert.Equal((3, 2, 1), (report.Read, report.Added, report.Rejected));
        Assert.Equal([$"3 staff {reason}"], await world.TextsAsync("select position || ' ' || fact || ' ' || reason from quarantine"));
        var hash = (await world.TextsAsync("select sha256 from batch")).Single();
        Assert.Equal(row, await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 3, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_what_follows_it_and_says_so()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\n{Ann}\nhr:2,2026-03-02T10:00Z,\"Bob\nhr:3,2026-03-02T10:00Z,Cyril\n");

        Assert.Equal("staff.csv line 3: has a quote that is never closed; everything from here to the end of the file was read as one field.", Assert.Single(report.Problems));
        Assert.Equal((2, 1, 1), (report.Read, report.Added, report.Rejected));
    }

    [Fact]
    public async Task A_field_of_ten_megabytes_is_rejected_and_its_neighbours_go_in()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\n{Ann}\nhr:9,2026-03-02T10:00Z,\"{new string('x', 10 << 20)}\"\n{Bob}\n");

        Assert.Equal("staff.csv line 3: field name: has 10,485,760 characters; expected at most 1,048,576.", Assert.Single(report.Problems));
        Assert.Equal(["Ann", "Bob"], await world.TextsAsync("select name from staff order by 1"));
        Assert.InRange(await world.CountAsync("select length(record)::bigint from quarantine"), 200, 1000);
    }

    [Fact]
    public async Task A_record_longer_than_anybody_writes_refuses_the_file_before_it_fills_the_memory()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\n{Ann}\nhr:2,2026-03-02T10:00Z,\"{new string('x', 70 << 20)}");

        Assert.Equal(FileOutcome.Failed, report.Outcome);
        Assert.Equal(["staff.csv line 3: the record that begins here does not end within 32 MB; expected every quote closed."], report.Problems);
        Assert.Empty(await world.TextsAsync("select name from staff"));
    }

    [Fact]
    public async Task Only_the_first_ten_problems_are_told_and_all_are_kept()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\n{string.Concat(Enumerable.Range(1, 50).Select(i => $"hr:{i},soon{i},Ann\n"))}");

        Assert.Equal((50, 50, 10), (report.Read, report.Rejected, report.Problems.Count));
        Assert.Equal(50, await world.CountAsync("select count(*) from quarantine"));
    }

    [Fact]
    public async Task Problems_that_are_alike_are_told_once_with_how_many_and_where_the_first_are()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv", $"{Header}\n{string.Concat(Enumerable.Range(1, 50).Select(i => $"hr:{i},soon,Ann\n"))}");

        Assert.StartsWith("staff.csv lines 2, 3, 4, … (50 in all): field occurred_at", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal(50, await world.CountAsync("select count(*) from quarantine"));
    }

    [Fact]
    public async Task A_row_of_an_unknown_account_waits_and_says_so()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("contact.csv", "source_key,occurred_at,account,name\nc:1,2026-03-02T10:00Z,crm:404,Ann\n");

        Assert.Equal(
            "contact.csv line 2: field account: there is no account 'crm:404'; expected its record before or in the same load. The row waits and goes in when the account arrives.",
            Assert.Single(report.Problems));
        Assert.Equal(
            ["unknown_account crm:404 {\"source_key\":\"c:1\",\"occurred_at\":\"2026-03-02T10:00Z\",\"account\":\"crm:404\",\"name\":\"Ann\"}"],
            await world.TextsAsync("select reason || ' ' || waiting_for_account || ' ' || record from quarantine"));
    }

    [Fact]
    public async Task An_account_that_names_another_as_its_own_is_rejected()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("account.csv", "source_key,occurred_at,account,name\ncrm:1,2026-03-02T10:00Z,crm:2,Acme\ncrm:3,2026-03-02T10:00Z,,Zenith\n");

        Assert.Equal("account.csv line 2: field account: 'crm:2' is not the record's own key; expected 'crm:1' or nothing.", Assert.Single(report.Problems));
        Assert.Equal(["crm:3"], await world.TextsAsync("select source_key from account"));
    }
}
