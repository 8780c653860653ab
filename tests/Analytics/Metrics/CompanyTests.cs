using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class CompanyTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_new_company_counts_in_calendar_years_and_weeks_from_Monday() =>
        Assert.Equal(new Company("Your company", TimeZoneInfo.Utc, FiscalCalendar.Standard), await Company.ReadAsync(_database.DataSource, Ct));

    [Theory]
    [InlineData(FiscalKind.Calendar, 1, DayOfWeek.Monday)]
    [InlineData(FiscalKind.Shifted, 10, DayOfWeek.Saturday)]
    [InlineData(FiscalKind.FourFourFive, 2, DayOfWeek.Sunday)]
    public async Task It_is_read_as_it_was_written(FiscalKind kind, int month, DayOfWeek week)
    {
        var company = new Company("Ours & Sons", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), new FiscalCalendar(kind, month, week));
        await company.WriteAsync(_database.DataSource, Ct);
        Assert.Equal(company, await Company.ReadAsync(_database.DataSource, Ct));
    }

    [Fact]
    public async Task A_new_name_leaves_the_fiscal_calendar_alone()
    {
        var fiscal = new FiscalCalendar(FiscalKind.Shifted, 4, DayOfWeek.Sunday);
        await new Company("Before", TimeZoneInfo.Utc, fiscal).WriteAsync(_database.DataSource, Ct);
        await Company.WriteAsync(_database.DataSource, "After", TimeZoneInfo.Utc, Ct);
        Assert.Equal(new Company("After", TimeZoneInfo.Utc, fiscal), await Company.ReadAsync(_database.DataSource, Ct));
    }

    [Theory]
    [InlineData(FiscalKind.Calendar, 4, DayOfWeek.Monday)]
    [InlineData(FiscalKind.Shifted, 13, DayOfWeek.Monday)]
    public async Task A_calendar_that_makes_no_sense_is_not_kept(FiscalKind kind, int month, DayOfWeek week) =>
        Assert.Equal(PostgresErrorCodes.CheckViolation, (await Assert.ThrowsAsync<PostgresException>(() =>
            new Company("Ours", TimeZoneInfo.Utc, new FiscalCalendar(kind, month, week)).WriteAsync(_database.DataSource, Ct))).SqlState);

    [Theory]
    [InlineData("--zone", "Berlin")]
    [InlineData("--name", " ")]
    [InlineData("--fiscal", "5-4-4")]
    [InlineData("--fiscal-start", "13")]
    [InlineData("--fiscal-start", "april")]
    [InlineData("--fiscal", "calendar", "--fiscal-start", "x")]
    [InlineData("--name")]
    [InlineData("--week-start", "someday")]
    [InlineData("--fiscal", "calendar", "--fiscal-start", "4")]
    public void The_command_refuses_what_is_none(params string[] arguments) => Assert.NotEmpty(CompanyCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("shifted", 4, FiscalKind.Shifted, 4)]
    [InlineData(null, 4, FiscalKind.Shifted, 4)]
    [InlineData("4-4-5", 2, FiscalKind.FourFourFive, 2)]
    [InlineData("calendar", null, FiscalKind.Calendar, 1)]
    [InlineData(null, null, FiscalKind.Calendar, 1)]
    public void The_command_changes_only_what_it_is_given(string? kind, int? start, FiscalKind expected, int month) =>
        Assert.Equal(
            new Company("Ours", TimeZoneInfo.Utc, new FiscalCalendar(expected, month, DayOfWeek.Monday)),
            new Company("Ours", TimeZoneInfo.Utc, FiscalCalendar.Standard).Changed(null, null, kind, start, null));
}
