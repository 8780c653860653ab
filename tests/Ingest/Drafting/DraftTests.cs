using System.Text;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Tests.Ingest.Drafting;

/// <summary>What a file's names and values say of what it means.</summary>
public sealed class DraftTests
{
    private const string Header = "Call ID;Start;Customer;Way;Agent;Dauer\n";

    [Fact]
    public async Task Day_and_month_that_could_be_swapped_are_asked_for_and_never_guessed()
    {
        using var file = await Drafted.OfAsync("calls.csv", Header + "1;03/04/2026 10:15;K1;in;Ann;5\n2;05/04/2026 11:20;K2;out;Bob;6\n", "interaction");

        Assert.Equal(["d/M/yyyy H:mm", "M/d/yyyy H:mm"], file.Draft.Column("occurred_at")!.Undecided);
        Assert.Null(file.Draft.Column("occurred_at")!.Date);
        var problem = Assert.Single(file.Problems, p => p.Stops);
        Assert.Equal("occurred_at: Start can be read as d/M/yyyy H:mm or as M/d/yyyy H:mm, and it matters which. d/M/yyyy H:mm: 03/04/2026 10:15 is 2026-04-03; M/d/yyyy H:mm: 03/04/2026 10:15 is 2026-03-04.", problem.Text);
        var refused = await Assert.ThrowsAsync<MappingException>(file.CheckAsync);
        Assert.Contains("nothing feeds interaction.occurred_at, which is required", refused.Message, StringComparison.Ordinal);
        Assert.Contains("# occurred_at: { from: \"{Start}\", date: … } reads the sample alike as \"d/M/yyyy H:mm\" or \"M/d/yyyy H:mm\"; choose one", file.Draft.ToYaml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("13/04/2026 10:15", "d/M/yyyy H:mm", "2026-04-13T08:15:00")]
    [InlineData("04/13/2026 10:15", "M/d/yyyy H:mm", "2026-04-13T08:15:00")]
    [InlineData("13.04.2026 10:15:30", "d.M.yyyy H:mm:ss", "2026-04-13T08:15:30")]
    [InlineData("4/13/2026 1:15 PM", "M/d/yyyy h:mm tt", "2026-04-13T11:15:00")]
    [InlineData("2026-04-13T10:15:00Z", "iso", "2026-04-13T10:15:00")]
    [InlineData("2026-04-13 10:15", "iso", "2026-04-13T08:15:00")]
    [InlineData("1776068100", "epoch_seconds", "2026-04-13T08:15:00")]
    [InlineData("1776068100000", "epoch_milliseconds", "2026-04-13T08:15:00")]
    public async Task A_date_that_can_be_read_in_one_way_is_read_so(string start, string form, string instant)
    {
        using var file = await Drafted.OfAsync("calls.csv", $"{Header}1;{start};K1;in;Ann;5\n", "interaction");

        Assert.Equal(form, file.Draft.Column("occurred_at")!.Date);
        Assert.Equal(instant + "+00:00", Assert.Single((await file.CheckAsync()).Samples).Values["occurred_at"]);
    }

    [Theory]
    [InlineData("1.234,50", ",", "1234.50")]
    [InlineData("12,50", ",", "12.50")]
    [InlineData("1,234.50", ".", "1234.50")]
    [InlineData("1234.50", "plain", "1234.50")]
    [InlineData("1200", "plain", "1200")]
    public async Task A_decimal_that_can_be_read_in_one_way_is_read_so(string amount, string sign, string number)
    {
        using var file = await Drafted.OfAsync("invoices.csv", $"Number;Customer;Date;Net\nR1;K1;2026-04-13;{amount}\n", "invoice");

        Assert.Equal(sign, file.Draft.Column("amount")!.DecimalSign);
        Assert.Equal(number, Assert.Single((await file.CheckAsync()).Samples).Values["amount"]);
    }

    [Fact]
    public async Task A_comma_that_is_thousands_or_decimals_is_asked_for()
    {
        using var file = await Drafted.OfAsync("invoices.csv", "Number;Customer;Date;Net\nR1;K1;2026-04-13;1,234\nR2;K1;2026-04-14;2,500\n", "invoice");

        Assert.Equal([".", ","], file.Draft.Column("amount")!.Undecided);
        file.Change("amount", c => c with { Undecided = [], DecimalSign = "," });
        Assert.Equal(["1.234", "2.500"], (await file.CheckAsync()).Samples.Select(s => s.Values["amount"]));
    }

    [Fact]
    public async Task Words_of_closed_sets_are_guessed_and_those_nobody_knows_are_told_with_their_records()
    {
        using var file = await Drafted.OfAsync("calls.csv", Header + "1;2026-04-13;K1;incoming;Ann;5\n2;2026-04-13;K2;OUT;Bob;6\n3;2026-04-14;K2;sideways;Bob;6\n", "interaction");

        Assert.Equal(["OUT=outbound", "incoming=inbound"], file.Draft.Column("direction")!.Values.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
        Assert.Contains(file.Problems, p => !p.Stops && p.Text == "direction: 1 word of Way has no meaning yet, and 1 records would be rejected.");
        var report = await file.CheckAsync();
        Assert.Equal(2, report.Facts["interaction"]);
        Assert.Equal(("direction", "not_a_choice", 1), (report.Problems[0].Field, report.Problems[0].Reason, report.Problems[0].Count));
    }

    [Fact]
    public async Task The_key_is_what_is_called_one_and_is_one()
    {
        using var named = await Drafted.OfAsync("calls.csv", Header + "1;2026-04-13;K1;in;Ann;5\n2;2026-04-13;K1;in;Ann;5\n", "interaction");
        using var twice = await Drafted.OfAsync("calls.csv", Header + "1;2026-04-13;K1;in;Ann;5\n1;2026-04-13;K1;in;Ann;5\n", "interaction");
        using var without = await Drafted.OfAsync("log.csv", "Customer,Date,Way\nK1,2026-04-13,in\nK1,2026-04-13,in\nK2,2026-04-13,in\n", "interaction");

        Assert.Equal(["Call ID"], named.Draft.KeyFields);
        Assert.False(named.Draft.Numbered);
        Assert.Equal(["Customer", "Date"], without.Draft.KeyFields);
        Assert.True(without.Draft.Numbered);
        Assert.Contains("numbered_by: [\"Customer\", \"Date\"]", without.Draft.ToYaml(), StringComparison.Ordinal);
        Assert.True(twice.Draft.Numbered);
        var doubt = Assert.Single(DraftProblem.Of(twice.Draft with { Numbered = false }, twice.Sample), p => p.Column == "source_key");
        Assert.Equal("source_key: 1 of 2 records have the same Call ID as one before them, and would replace it. Choose more fields, or number equal records.", doubt.Text);
    }

    [Fact]
    public async Task Times_without_a_zone_need_one()
    {
        using var local = await Drafted.OfAsync("calls.csv", Header + "1;2026-04-13 10:15;K1;in;Ann;5\n", "interaction", new DraftKnowledge(null, null));
        using var offset = await Drafted.OfAsync("calls.csv", Header + "1;2026-04-13T10:15:00Z;K1;in;Ann;5\n", "interaction", new DraftKnowledge(null, null));

        Assert.Contains(local.Problems, p => p.Stops && p.Text == "occurred_at: the times of Start name no zone. Say in which they are.");
        Assert.DoesNotContain(offset.Problems, p => p.Stops);
    }

    [Fact]
    public async Task Customers_that_no_other_source_brings_become_accounts_from_their_earliest_record()
    {
        using var file = await Drafted.OfAsync("calls.csv", Header + "1;2026-04-14;K1;in;Ann;5\n2;2026-04-13;K1;in;Ann;5\n3;2026-04-15;;in;Ann;5\n", "interaction");
        var made = file.Draft with { MakesAccounts = true };

        var mapping = MappingFile.Read(made.ToYaml(), "calls.yaml");

        Assert.Equal(["account", "interaction"], mapping.Tables.Select(t => t.Name));
        Assert.Equal("Customer", mapping.Rules[0].EarliestOf);
    }

    [Theory]
    [InlineData("calls.csv", "Id,Start,Customer,Direction,Duration", "1,2026-04-13,K1,in,20", "interaction")]
    [InlineData("rechnungen.csv", "Number,Customer,Date,Due Date,Net,VAT,Currency", "R1,K1,2026-04-13,2026-05-13,10,2,EUR", "invoice")]
    [InlineData("export.csv", "response id,customer id,submitted,rating,comment", "1,K1,2026-04-13,9,fine", "survey_response")]
    [InlineData("export.csv", "Ticket,Customer,Created,Subject,Priority", "1,K1,2026-04-13,It leaks,high", "issue")]
    [InlineData("employees.csv", "Employee ID,Name,Email,Title,Start", "1,Ann,a@x.example,Engineer,2020-01-01", "staff")]
    [InlineData("customers.csv", "Customer No,Company Name,Country,Industry,Created", "K1,Acme,DE,Steel,2020-01-01", "account")]
    public async Task What_a_record_is_follows_from_its_names(string name, string header, string row, string fact)
    {
        using var file = await Drafted.OfAsync(name, $"{header}\n{row}\n", fact);
        Assert.Equal(fact, Drafts.Facts(file.Sample)[0].Name);
    }

    [Fact]
    public async Task An_encoding_that_is_no_utf_8_is_guessed_and_marked()
    {
        using var western = await Drafted.OfAsync("calls.csv", Encoding.Latin1.GetBytes(Header + "1;2026-04-13;Müller;in;Ann;5\n"), "interaction");
        using var wide = await Drafted.OfAsync("calls.csv", Encoding.Unicode.GetBytes(Header + "1;2026-04-13;Müller;in;Ann;5\n"), "interaction");

        Assert.Equal(("windows-1252", true), (western.Sample.Reading.Encoding, western.Sample.EncodingIsGuess));
        Assert.Equal(("utf-16", true), (wide.Sample.Reading.Encoding, wide.Sample.EncodingIsGuess));
        foreach (var file in new[] { western, wide })
            Assert.Equal("calls:Müller", Assert.Single((await file.CheckAsync()).Samples).Values["account"]);
    }

    [Fact]
    public async Task Of_a_json_document_the_records_are_looked_for()
    {
        using var file = await Drafted.OfAsync(
            "nps.json", """{"object":"list","data":[{"id":"a1","created":1775000000,"customer":{"id":"K1"},"score":9},{"id":"a2","created":1775000500,"customer":{"id":"K2"},"score":3}]}""", "survey_response");

        Assert.Equal(["data", ""], file.Sample.Places);
        file.Draft = file.Draft with { Columns = [.. file.Draft.Columns, new DraftColumn { Name = "source", Constant = "own" }] };
        Assert.Equal(2, (await file.CheckAsync()).Facts["survey_response"]);
    }

    [Fact]
    public async Task Names_and_words_of_any_kind_are_written_so_that_the_mapping_reads_them()
    {
        const string odd = "a: \"b\" # \\ 'c' - é 😀 \u202E";
        using var file = await Drafted.OfAsync("calls.csv", $"Call ID;\"{odd.Replace("\"", "\"\"", StringComparison.Ordinal)}\";Start;Customer;{{x}}\n1;in;2026-04-13;K1;y\n", "interaction");
        file.Draft = file.Draft with
        {
            Empty = [odd],
            Columns = [.. file.Draft.Columns, new DraftColumn { Name = "direction", Field = odd, Values = new Dictionary<string, string> { [odd] = "outbound", ["in"] = "inbound" } }],
        };

        Assert.Equal("inbound", Assert.Single((await file.CheckAsync()).Samples).Values["direction"]);
        Assert.False(file.Sample.Field("{x}")!.IsNameable);
    }

    [Fact]
    public void Every_fact_says_what_it_is()
    {
        Assert.All(FactTable.All, table => Assert.NotEmpty(FactMeaning.Of(table)));
        Assert.Equal("Net of tax, in currency.", FactMeaning.Of(FactTable.Of<Invoice>().Column("amount")!));
        Assert.StartsWith("Origin and identity", FactMeaning.Of(FactTable.Of<Invoice>().Column("source_key")!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calls-2026-09.csv.gz", "calls*.csv", "calls")]
    [InlineData("../../etc/passwd", "etc*", "passwd")]
    [InlineData("Gesprächsliste (neu).xlsx", "Gespr*.xlsx", "gespraechsliste_neu")]
    [InlineData("2026.csv", "*.csv", "source")]
    [InlineData("canonical.json", "canonical*.json", "canonical_own")]
    [InlineData("Online_Retail.csv", "Online_Retail*.csv", "online_retail_own")]
    public void A_file_gives_its_mapping_a_name_that_can_be_used(string file, string pattern, string name)
    {
        Assert.Equal(name, FileNames.MappingName(file));
        Assert.Null(OwnMappings.ProblemOfName(FileNames.MappingName(file)));
        if (!file.Contains('/', StringComparison.Ordinal)) Assert.Equal(pattern, FileNames.Pattern(file));
    }
}
