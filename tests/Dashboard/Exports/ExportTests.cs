using System.Net;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Tests.Dashboard.Exports;

/// <summary>Files are whole or visibly broken, safe to open, and need no more memory the longer they are.</summary>
public sealed class ExportTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private const int Many = 200_000;

    // Buffers, the compressor and what the collector has not looked at yet; the rows themselves would be hundreds of megabytes.
    private const long MostGrowth = 24 << 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Extensions => [".csv", ".xlsx"];

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task Two_hundred_thousand_rows_take_no_more_memory_than_two_thousand(string extension)
    {
        var (few, many) = (await PeakAsync(extension, 2000), await PeakAsync(extension, Many));
        Assert.True(many.Bytes > 20 * few.Bytes, $"{few.Bytes} and {many.Bytes} bytes were written");
        Assert.True(many.Peak - few.Peak < MostGrowth, $"{few.Peak:N0} bytes live with few rows, {many.Peak:N0} with many");
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task A_file_with_fewer_rows_than_it_says_is_never_closed(string extension)
    {
        using var to = new MemoryStream();
        await using var file = New(extension);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Export.WriteAsync(to, Stamp(11), file, RowColumns.Commitments, RowsAsync(10, null), Ct));
    }

    [Fact]
    public async Task A_workbook_has_texts_as_texts_and_numbers_and_instants_as_such()
    {
        using var answer = await (await host.SignedInAsync()).GetAsync("/commitments.xlsx?period=2026-Q3");
        using var book = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(Ct), false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(book, Ct).Select(error => error.Description));
        var sheet = ((WorksheetPart)book.WorkbookPart!.GetPartById("r1")).Worksheet;
        Assert.Empty(sheet.Descendants<CellFormula>());
        var formula = sheet.Descendants<Cell>().First(cell => cell.InnerText == SmallCompany.Formula);
        Assert.Equal(CellValues.InlineString, formula.DataType!.Value);
        var first = sheet.Descendants<Row>().Skip(1).First();
        var opened = first.Elements<Cell>().Single(cell => cell.CellReference == "L2");
        Assert.Null(opened.DataType);
        Assert.Equal(new DateTime(2026, 9, 14, 20, 0, 0), DateTime.FromOADate(double.Parse(opened.InnerText, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("0", first.Elements<Cell>().Single(cell => cell.CellReference == "Q2").InnerText);
        var about = ((WorksheetPart)book.WorkbookPart.GetPartById("r2")).Worksheet.Descendants<Row>().Select(row => row.InnerText).ToList();
        Assert.Contains("rows7", about);
        Assert.Contains($"definition_hash{MetricCatalogue.Respond24H.Hash}", about);
        Assert.Contains("filtersperiod=2026-Q3", about);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public async Task Each_file_is_on_record_and_names_its_definition(string extension)
    {
        using var answer = await (await host.SignedInAsync()).GetAsync($"/commitments{extension}?period=2026-Q3&status=missed");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var hash = MetricCatalogue.Respond24H.Hash;
        Assert.Contains(hash, answer.Headers.GetValues("X-Definition").Single(), StringComparison.Ordinal);
        Assert.EndsWith($"_v1-{hash}{extension}", answer.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        await using var command = host.Database.DataSource.CreateCommand($"select count(*) from access_log where action = '{LoggedAction.Exported}' and subject like 'commitments{extension}, 3 rows,%status=missed%'");
        Assert.Equal(1L, await command.ExecuteScalarAsync(Ct));
    }

    private static async Task<(long Peak, long Bytes)> PeakAsync(string extension, int count)
    {
        await using var to = new Drain();
        await using var file = New(extension);
        var peak = 0L;
        await Export.WriteAsync(to, Stamp(count), file, RowColumns.Commitments, RowsAsync(count, i =>
        {
            if (i % (count / 4) == count / 8) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }), Ct);
        return (peak, to.Written);
    }

    private static IExportFile New(string extension) => extension == ".csv" ? new CsvFile() : new XlsxFile();

    private static ExportStamp Stamp(long rows) =>
        new("commitments", "Little Company", new PageQuery { Period = Period.Always }, RowsDefinition.Of(MetricCatalogue.Respond24H), rows, SmallCompany.Now);

    private static async IAsyncEnumerable<CommitmentRow> RowsAsync(int count, Action<int>? at)
    {
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            if (i % 1000 == 0) await Task.Yield();
            at?.Invoke(i);
            yield return Row(i, random);
        }
    }

    private static CommitmentRow Row(int i, Random random) => new()
    {
        Kind = "respond",
        CommitmentKey = $"mail:{i}",
        Account = $"crm:{random.Next()}",
        AccountName = $"=Customer {random.Next()}",
        ContactName = $"Contact {random.Next()}",
        Channel = "email",
        Subject = $"Subject {random.NextInt64()} with, commas & \"quotes\" <b>",
        Staff = "hr:S1",
        StaffName = "Ada Byron",
        Team = "hr:T1",
        TeamName = "Service North",
        OpenedAt = SmallCompany.Now.AddSeconds(-i),
        DueAt = SmallCompany.Now.AddSeconds(86_400 - i),
        FulfilledAt = i % 3 == 0 ? null : SmallCompany.Now,
        FulfilledChannel = null,
        Reminders = i % 5,
        Status = CommitmentStatus.Kept,
        ExcusedReason = null,
        ExcusedBy = null,
        DueNextBusinessDay = null,
        NextBusinessDayStatus = null,
        FulfilledByKey = null,
        FirstContactAt = SmallCompany.Now,
        SourceDeleted = false,
        ContactKey = null,
        ThreadKey = null,
    };

    /// <summary>Counts what is written into it, cannot be gone back in, and takes nothing that would hold up a thread.</summary>
    private sealed class Drain : Stream
    {
        internal long Written { get; private set; }

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}
