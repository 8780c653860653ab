using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>How a mapping reads a source's dates, numbers and words. No file and no database: one column, one record.</summary>
public sealed class ValueReadingTests
{
    [Theory]
    [InlineData("date: epoch_seconds", "1234567890", "2009-02-13T23:31:30+00:00")]
    [InlineData("date: epoch_seconds", "1721954054.5", "2024-07-26T00:34:14.5+00:00")]
    [InlineData("date: epoch_milliseconds", "1541176290160", "2018-11-02T16:31:30.16+00:00")]
    [InlineData("date: json", "/Date(1541176290160+0000)/", "2018-11-02T16:31:30.16+00:00")]
    [InlineData("date: json", "/Date(1552326816230)/", "2019-03-11T17:53:36.23+00:00")]
    [InlineData("date: json", "/Date(1541176290160+1300)/", "2018-11-02T16:31:30.16+00:00")]
    [InlineData("date: iso", "2024-01-22T16:14:25.000+0000", "2024-01-22T16:14:25+00:00")]
    [InlineData("date: iso", "2020-09-29T05:58:07-07:00", "2020-09-29T12:58:07+00:00")]
    [InlineData("zone: Europe/Paris", "2026-03-02", "2026-03-01T23:00:00+00:00")]
    [InlineData("zone: Europe/Paris", "2026-07-02 10:00:00", "2026-07-02T08:00:00+00:00")]
    [InlineData("{ date: 'dd.MM.yyyy HH:mm', zone: Europe/Paris }", "02.07.2026 10:00", "2026-07-02T08:00:00+00:00")]
    // The night the clocks go forward, 02:30 was not; the night they go back it was twice.
    [InlineData("zone: Europe/Paris", "2026-03-29 02:30:00", "2026-03-29T01:30:00+00:00")]
    [InlineData("zone: Europe/Paris", "2026-10-25 02:30:00", "2026-10-25T00:30:00+00:00")]
    [InlineData("zone: Europe/Paris", "2026-10-25 03:30:00", "2026-10-25T02:30:00+00:00")]
    public void An_instant_is_read_as_the_source_writes_it(string how, string text, string expected) =>
        Assert.Equal(expected, Read("staff", "occurred_at", how, text));

    [Theory]
    [InlineData("date: epoch_seconds", "1234567890", "2009-02-13")]
    [InlineData("{ date: epoch_seconds, zone: Pacific/Auckland }", "1234567890", "2009-02-14")]
    [InlineData("date: json", "/Date(1539993600000+0000)/", "2018-10-20")]
    [InlineData("date: 'dd/MM/yyyy'", "30/09/2026", "2026-09-30")]
    [InlineData("date: iso", "2018-12-30T00:00:00", "2018-12-30")]
    [InlineData("date: iso", "2026-09-30T23:30:00-07:00", "2026-09-30")]
    [InlineData("{ date: iso, zone: Europe/Paris }", "2026-09-30T23:30:00-07:00", "2026-10-01")]
    public void A_day_is_the_sources_own_unless_a_zone_is_named(string how, string text, string expected) =>
        Assert.Equal(expected, Read("invoice", "due_on", how, text));

    [Theory]
    [InlineData("date: epoch_seconds", "yesterday")]
    [InlineData("date: epoch_seconds", "99999999999999999999999999")]
    [InlineData("date: json", "/Date(x)/")]
    [InlineData("date: json", "2018-10-20")]
    [InlineData("date: 'dd.MM.yyyy HH:mm'", "2026-07-02")]
    [InlineData("zone: Europe/Paris", "2026-02-30 10:00")]
    public void What_is_no_such_date_is_refused(string how, string text) => Assert.Equal("bad_instant", Read("staff", "occurred_at", how, text));

    [Theory]
    [InlineData("decimal: ','", "1.234,56", "1234.56")]
    [InlineData("decimal: ','", "-1 234,5", "-1234.5")]
    [InlineData("decimal: '.'", "1,234.56", "1234.56")]
    [InlineData("decimal: ','", "12", "12")]
    [InlineData("minor_units_of: eur", "1000", "10")]
    [InlineData("minor_units_of: JPY", "1000", "1000")]
    [InlineData("minor_units_of: kwd", "1001", "1.001")]
    [InlineData("minus: '{tax}'", "100.00", "81.00")]
    [InlineData("minus: '{nothing}'", "100.00", "100.00")]
    [InlineData("times: '{tax}'", "0.285", "5.415")]
    [InlineData("times: '1000000'", "2.5E-05", "25.00000")]
    [InlineData("divided_by: '1000'", "1500", "1.5")]
    public void An_amount_is_reckoned_exactly(string how, string text, string expected)
    {
        var read = Read("invoice", "amount", how, text);
        Assert.Equal(decimal.Parse(expected), decimal.Parse(read));
    }

    [Theory]
    [InlineData("decimal: ','", "1,234.56")]
    [InlineData("decimal: '.'", "1.234,56")]
    [InlineData("decimal: ','", "1.23,4")]
    [InlineData("decimal: ','", "$5")]
    [InlineData("decimal: ','", "(5)")]
    [InlineData("divided_by: '10'", "1e309")]
    [InlineData("divided_by: '10'", "NaN")]
    [InlineData("times: '{word}'", "5")]
    [InlineData("times: '79228162514264337593543950335'", "79228162514264337593543950335")]
    public void What_is_no_such_number_is_refused(string how, string text) => Assert.Equal("bad_number", Read("invoice", "amount", how, text));

    [Theory]
    [InlineData("1499", "1")]
    [InlineData("1500", "2")]
    [InlineData("2500", "3")]
    public void Half_a_second_is_one(string milliseconds, string seconds) =>
        Assert.Equal(seconds, Read("interaction", "duration_seconds", "divided_by: '1000'", milliseconds));

    [Theory]
    [InlineData("values: { HIGH: high }", "HIGH", "high")]
    [InlineData("{ values: { P1: urgent }, otherwise: normal }", "P9", "normal")]
    [InlineData("values: { P1: urgent }", "P9", "not_a_choice")]
    [InlineData("{ values: { P1: urgent }, otherwise: '' }", "P9", "missing")]
    public void Words_are_ours_or_what_is_said_of_the_others(string how, string text, string expected) =>
        Assert.Equal(expected, Read("issue", "priority", how, text));

    [Fact]
    public void A_column_under_a_condition_stays_empty_for_the_others()
    {
        Assert.Equal("2026-07-02T10:00:00+00:00", Read("deal", "won_at", "when: { word: x }", "2026-07-02T10:00Z"));
        Assert.Equal("", Read("deal", "won_at", "when: { word: y }", "2026-07-02T10:00Z"));
    }

    // The value a column takes from {value}, as the canonical format has it, or the reason it was refused.
    private static string Read(string fact, string column, string how, string text)
    {
        var table = FactTable.Find(fact)!;
        var options = how.StartsWith('{') ? how[1..^1] : how;
        var others = string.Concat(table.Columns.Where(c => c.Required && c.Name != column).Select(c => $"      {c.Name}: \"{{{c.Name}}}\"\n"));
        var mapping = MappingFile.Read($"name: one\nfiles: \"*\"\nfacts:\n  - fact: {fact}\n    columns:\n{others}      {column}: {{ from: \"{{value}}\", {options} }}\n", "one.yaml");
        var record = new SourceRecord(1, new RecordShape(["value", "tax", "word"]), [text, "19", "x"]);
        var problem = mapping.Rules[0].Values[table.IndexOf(column)]!.Read(table.Column(column)!, record, out var cell);
        return problem?.Reason ?? cell.ToString();
    }
}
