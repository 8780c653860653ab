using System.Globalization;
using ColumnKind = Followthrough.Analytics.Facts.ColumnKind;
using FactColumn = Followthrough.Analytics.Facts.FactColumn;
using FactTable = Followthrough.Analytics.Facts.FactTable;

namespace Followthrough.Tests.Analytics.Demo;

public sealed class DemoFactsTests(SmallDemo small) : IClassFixture<SmallDemo>
{
    /// <summary>Agreed dates may lie ahead; everything else has happened.</summary>
    private static readonly string[] MayLieAhead = ["promise.due_at", "communication_pause.ended_at"];

    public static TheoryData<string> Tables => [.. FactTable.All.Select(t => t.Name)];

    private DemoFiles Demo => small.Files;

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_row_is_valid(string name)
    {
        var table = FactTable.Find(name)!;
        var keys = new HashSet<(string, string)>();
        foreach (var row in Demo.Rows(name))
        {
            foreach (var column in table.Columns) Check(table, column, row[column.Name]);
            Assert.True(keys.Add((row.GetValueOrDefault("account", ""), row["source_key"])), $"{name} has {row["source_key"]} twice.");
        }

        Assert.NotEmpty(keys);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Nothing_happens_after_the_anchor(string name)
    {
        var end = new DateTimeOffset(DemoFiles.Anchor, TimeOnly.MinValue, TimeSpan.Zero);
        var instants = FactTable.Find(name)!.Columns
            .Where(c => c.Kind == ColumnKind.Instant && !MayLieAhead.Contains($"{name}.{c.Name}")).Select(c => c.Name).ToArray();
        foreach (var row in Demo.Rows(name))
        {
            foreach (var column in instants.Where(c => row[c] != ""))
                Assert.True(Instant(row[column]) <= end, $"{name} {row["source_key"]} {column} is {row[column]}.");
            if (row["source_modified_at"] != "")
                Assert.True(Instant(row["source_modified_at"]) >= Instant(row["occurred_at"]), $"{name} {row["source_key"]} was changed before it happened.");
        }
    }

    [Fact]
    public void Every_row_belongs_to_a_known_customer()
    {
        var accounts = Demo.Rows("account").Select(r => r["account"]).ToHashSet();
        foreach (var table in FactTable.All.Where(t => t.HasAccount))
            Assert.All(Demo.Rows(table.Name), row => Assert.Contains(row["account"], accounts));
    }

    [Theory]
    [InlineData("interaction", "contact_key", "contact")]
    [InlineData("interaction", "project_key", "project")]
    [InlineData("milestone", "project_key", "project")]
    [InlineData("milestone", "cause_evidence_key", "interaction")]
    [InlineData("milestone_baseline", "milestone_key", "milestone")]
    [InlineData("billing_event", "project_key", "project")]
    [InlineData("invoice_line", "billing_event_key", "billing_event")]
    [InlineData("invoice_line", "order_key", "sales_order")]
    [InlineData("invoice_line", "invoice_key", "invoice")]
    [InlineData("payment", "invoice_key", "invoice")]
    [InlineData("proposal", "request_key", "proposal_request")]
    [InlineData("proposal_request", "interaction_key", "interaction")]
    [InlineData("issue", "contact_key", "contact")]
    [InlineData("issue_state", "interaction_key", "interaction")]
    [InlineData("survey_response", "invitation_key", "survey_invitation")]
    [InlineData("promise", "replaced_by_key", "promise")]
    [InlineData("disposition", "subject_key", "interaction")]
    [InlineData("account_assignment", "staff_key", "staff")]
    [InlineData("cost_entry", "project_key", "project")]
    [InlineData("cost_entry", "milestone_key", "milestone")]
    [InlineData("cost_entry", "staff_key", "staff")]
    [InlineData("account_calendar", "calendar_key", "calendar")]
    [InlineData("communication_review", "interaction_key", "interaction")]
    [InlineData("communication_review", "reviewer_key", "staff")]
    [InlineData("project_audit", "project_key", "project")]
    [InlineData("project_audit", "auditor_key", "staff")]
    public void Every_reference_leads_somewhere(string table, string column, string target)
    {
        var known = Demo.Rows(target).Select(r => r["source_key"]).ToHashSet();
        var references = Demo.Rows(table).Select(r => r[column]).Where(key => key != "").ToArray();
        Assert.NotEmpty(references);
        Assert.All(references, key => Assert.Contains(key, known));
    }

    [Fact]
    public void Every_account_of_the_crm_has_one_owner_at_each_contact()
    {
        var owners = Demo.Rows("account_assignment").Where(r => r["role"] == "owner").ToLookup(r => r["account"]);
        Assert.All(Demo.Rows("interaction"), row => Assert.Single(owners[row["account"]], o =>
            string.CompareOrdinal(o["occurred_at"], row["occurred_at"]) <= 0
            && (o["ended_at"] == "" || string.CompareOrdinal(row["occurred_at"], o["ended_at"]) < 0)));
    }

    [Fact]
    public void An_invoice_is_the_sum_of_its_lines()
    {
        var lines = Demo.Rows("invoice_line").ToLookup(r => r["invoice_key"], r => Number(r["amount"]));
        Assert.All(Demo.Rows("invoice"), invoice => Assert.Equal(Number(invoice["amount"]), lines[invoice["source_key"]].Sum()));
    }

    private static void Check(FactTable table, FactColumn column, string text)
    {
        var where = $"{table}.{column.Name} is '{text}'.";
        Assert.False(column.Required && text.Length == 0, where);
        if (text.Length == 0) return;
        var valid = column.Kind switch
        {
            ColumnKind.Instant => text.EndsWith('Z') && DateTimeOffset.TryParseExact(
                text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
            ColumnKind.Day => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            ColumnKind.Whole => int.TryParse(text, CultureInfo.InvariantCulture, out _),
            ColumnKind.Number => decimal.TryParse(text, CultureInfo.InvariantCulture, out _),
            ColumnKind.Flag => text is "true" or "false",
            ColumnKind.Choice => column.Choices.Contains(text),
            _ => text == text.Trim(),
        };
        Assert.True(valid, where);
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
