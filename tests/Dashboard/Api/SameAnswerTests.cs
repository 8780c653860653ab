using System.Globalization;
using System.Net;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Wording;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Api;

/// <summary>Screen, CSV, XLSX and API of the same question say the same, for seeded random filters.</summary>
public sealed class SameAnswerTests(SameAnswerTests.Host shared) : IClassFixture<SameAnswerTests.Host>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Commitments_are_the_same_on_the_screen_in_files_and_in_the_api(int seed)
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var filter = Filter(new Random(seed));
        using var figure = await JsonAsync(visitor, $"/api/v1/metrics/respond_24h?{filter}");
        var screen = await visitor.ReadAsync($"/commitments?{filter}");
        var said = screen.QuerySelector(".finding")?.TextContent ?? "";
        var (value, n) = (figure.RootElement.GetProperty("figure").GetProperty("value"), figure.RootElement.GetProperty("figure").GetProperty("n").GetInt64());
        if (value.ValueKind == JsonValueKind.Number)
            Assert.Contains($"Of {Figures.Count(n, "that was", "that were")} due, {Figures.Rate(value.GetDouble())} {(n == 1 ? "was" : "were")} kept", said, StringComparison.Ordinal);
        else
            Assert.NotNull(figure.RootElement.GetProperty("figure").GetProperty("reason").GetString());
        var rows = await SameRowsAsync(visitor, $"/commitments.csv?{filter}", $"/commitments.xlsx?{filter}", $"/api/v1/commitments?{filter}&size=7");
        Assert.Equal(rows, screen.QuerySelector(".pager .total b") is { } total ? int.Parse(total.TextContent, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 0);
        Assert.Equal(n, rows - figure.RootElement.GetProperty("figure").GetProperty("pending").GetInt64());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_measure_is_the_same_on_the_screen_in_files_and_in_the_api(int seed)
    {
        var visitor = await shared.Dashboard.SignedInAsync();
        var random = new Random(seed);
        var (metric, filter) = (random.Next(2) == 0 ? "net_revenue" : "repeat_revenue_rate", Filter(random));
        if (!Followthrough.Analytics.Metrics.MetricCatalogue.Measures.Any(m => m.Id == metric)) metric = "net_revenue";
        using var figure = await JsonAsync(visitor, $"/api/v1/metrics/{metric}?{filter}");
        var screen = await visitor.ReadAsync($"/metrics/{metric}/rows?{filter}");
        var rows = await SameRowsAsync(visitor, $"/metrics/{metric}/rows.csv?{filter}", $"/metrics/{metric}/rows.xlsx?{filter}", $"/api/v1/metrics/{metric}/rows?{filter}&size=3");
        Assert.Equal(rows, screen.QuerySelector(".pager .total b") is { } total ? int.Parse(total.TextContent, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 0);
        if (metric == "net_revenue" && figure.RootElement.GetProperty("figure").GetProperty("value") is { ValueKind: JsonValueKind.Number } value)
            Assert.Equal(await SumAsync(visitor, $"/api/v1/metrics/{metric}/rows?{filter}"), value.GetDecimal());
    }

    private static string Filter(Random random)
    {
        string?[] parts =
        [
            random.Next(2) == 0 ? "period=2026-Q3" : "period=2026-08",
            random.Next(3) == 0 ? $"team=hr:T{random.Next(1, 3)}" : null, random.Next(3) == 0 ? $"person=hr:S{random.Next(1, 3)}" : null,
            random.Next(3) == 0 ? $"account=crm:{random.Next(4)}" : null, random.Next(4) == 0 ? "region=North" : null, random.Next(4) == 0 ? "asof=2026-08-20" : null,
        ];
        return string.Join('&', parts.Where(part => part is not null));
    }

    // Each row as the texts of its cells, in no order: pages of the API go by key.
    private static async Task<int> SameRowsAsync(Visitor visitor, string csv, string xlsx, string api)
    {
        var fromApi = new List<string>();
        var cells = new List<string>();
        long? total = null;
        for (var next = api; next is not null;)
        {
            using var page = await JsonAsync(visitor, next);
            total ??= page.RootElement.GetProperty("total").GetInt64();
            fromApi.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(row => string.Join('|', row.EnumerateObject().Select(cell => Text(cell.Value)))));
            next = page.RootElement.GetProperty("next").GetString();
        }
        Assert.Equal(total, fromApi.Count);
        using var file = await visitor.GetAsync(csv);
        var names = Followthrough.Dashboard.Exports.RowColumns.Commitments.Select(column => column.Name);
        if (csv.StartsWith("/metrics", StringComparison.Ordinal)) names = Followthrough.Dashboard.Exports.RowColumns.Measures.Select(column => column.Name);
        using var text = new StreamReader(await file.Content.ReadAsStreamAsync(Ct));
        using var reader = CsvHelper.CsvReader.Create(text, new CsvHelper.CsvReaderOptions { Separator = ',' }, leaveOpen: true);
        reader.ReadHeader();
        while (reader.Read()) cells.Add(string.Join('|', names.Select(name => reader.GetString(name).TrimStart('\''))));
        Assert.Equal(fromApi.Order(StringComparer.Ordinal), cells.Order(StringComparer.Ordinal));
        Assert.Equal($"{fromApi.Count}", file.Headers.GetValues("X-Row-Count").Single());
        using var book = await visitor.GetAsync(xlsx);
        using var sheets = SpreadsheetDocument.Open(await book.Content.ReadAsStreamAsync(Ct), false);
        var parts = sheets.WorkbookPart!.WorksheetParts.ToList();
        Assert.Equal(fromApi.Count + 1, ((WorksheetPart)sheets.WorkbookPart.GetPartById("r1")).Worksheet.Descendants<Row>().Count());
        Assert.Contains(((WorksheetPart)sheets.WorkbookPart.GetPartById("r2")).Worksheet.Descendants<Row>(), row => row.InnerText == $"rows{fromApi.Count}");
        Assert.Equal(2, parts.Count);
        return fromApi.Count;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => value.TryGetDateTimeOffset(out var at) ? Moments.Machine(at) : value.GetString()!,
    };

    private static async Task<decimal> SumAsync(Visitor visitor, string address)
    {
        using var rows = await JsonAsync(visitor, address);
        return rows.RootElement.GetProperty("items").EnumerateArray()
            .Where(row => row.GetProperty("excluded").ValueKind == JsonValueKind.Null).Sum(row => row.GetProperty("amount").GetDecimal());
    }

    internal static async Task<JsonDocument> JsonAsync(Visitor visitor, string address)
    {
        using var answer = await visitor.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text);
    }

    /// <summary>Four customers of two teams, who write, are answered and are billed.</summary>
    public sealed class Host : IAsyncLifetime
    {
        internal DashboardHost Dashboard { get; } = new() { Facts = [.. World()] };

        public ValueTask InitializeAsync() => Dashboard.InitializeAsync();

        public ValueTask DisposeAsync() => Dashboard.DisposeAsync();

        private static IEnumerable<Fact> World()
        {
            var random = new Random(20260915);
            foreach (var i in new[] { 1, 2 })
            {
                yield return Given.Team($"hr:T{i}");
                yield return Given.Staff($"hr:S{i}");
                yield return Given.Membership($"hr:S{i}", $"hr:T{i}");
            }
            foreach (var i in Enumerable.Range(0, 4))
            {
                var account = $"crm:{i}";
                yield return Given.Account(account, name: i == 3 ? "=1+1" : null, region: i % 2 == 0 ? "North" : "South");
                yield return Given.Assignment(account, $"hr:S{(i % 2) + 1}");
                foreach (var k in Enumerable.Range(0, 15))
                {
                    var at = SmallCompany.Now.AddMinutes(-random.Next(80 * 24 * 60));
                    yield return Given.Inbound(account, $"{at:O}", contact: $"c{k}", thread: $"{account}-t{k}");
                    if (random.Next(4) > 0 && at.AddHours(40) < SmallCompany.Now)
                        yield return Given.Outbound(account, $"{at.AddMinutes(random.Next(1, 2400)):O}", contact: $"c{k}", thread: $"{account}-t{k}", staff: "hr:S1");
                    if (k < 5)
                        foreach (var fact in GivenMoney.Invoice(account, $"fi:{account}-{k}", $"{at:O}", null, random.Next(1, 100_000) / 100m)) yield return fact;
                }
            }
        }
    }
}
