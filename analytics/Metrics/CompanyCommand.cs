using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Metrics;

/// <summary><c>analytics company [--name N] [--zone Z] [--fiscal K] [--fiscal-start M] [--week-start D] [--currency C]</c>.</summary>
internal static class CompanyCommand
{
    public static Command Create()
    {
        var name = new Option<string?>("--name") { Description = "What the pages call it." };
        name.Validators.Add(result => { if (string.IsNullOrWhiteSpace(result.Tokens[0].Value)) result.AddError("A company has a name."); });
        var zone = new Option<TimeZoneInfo?>("--zone")
        {
            Description = "The IANA zone in which its days begin, for example Europe/Berlin.",
            CustomParser = result =>
            {
                if (Company.ZoneOf(result.Tokens[0].Value) is { } found) return found;
                result.AddError($"'{result.Tokens[0].Value}' is no IANA time zone; expected for example Europe/Berlin.");
                return null;
            },
        };
        var kind = new Option<string?>("--fiscal") { Description = "How the fiscal year is divided. The calendar year begins in January." };
        kind.AcceptOnlyFromAmong([.. FiscalWords.Kinds]);
        var start = new Option<int?>("--fiscal-start")
        {
            Description = "The month it begins in, 1 to 12.",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12) return month;
                result.AddError($"'{result.Tokens[0].Value}' is no month; expected 1 to 12.");
                return null;
            },
        };
        var week = new Option<DayOfWeek?>("--week-start") { Description = "The first day of a week." };
        var currency = new Option<string?>("--currency")
        {
            Description = "The ISO 4217 code in which amounts are stated, for example EUR. Other currencies are converted by the loaded rates.",
            CustomParser = result =>
            {
                if (Company.IsCurrency(result.Tokens[0].Value)) return result.Tokens[0].Value;
                result.AddError($"'{result.Tokens[0].Value}' is no currency code; expected three capital letters, for example EUR.");
                return null;
            },
        };
        var command = new Command("company", "Prints the company's name, time zone, fiscal calendar and currency, after setting what is given.") { name, zone, kind, start, week, currency };
        command.Validators.Add(result =>
        {
            // By their texts: reading a value that is refused already would throw.
            if (result.GetResult(kind)?.Tokens is [{ Value: "calendar" }] && result.GetResult(start)?.Tokens is [{ Value: not "1" }])
                result.AddError("A fiscal year that does not begin in January is shifted or 4-4-5.");
        });
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(store, company => company.Changed(
            parsed.GetValue(name), parsed.GetValue(zone), parsed.GetValue(kind), parsed.GetValue(start), parsed.GetValue(week)) with
        { Currency = parsed.GetValue(currency) ?? company.Currency }, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, Func<Company, Company> change, CancellationToken ct)
    {
        var current = await Company.ReadAsync(store.DataSource, ct);
        var company = change(current);
        if (company != current) await company.WriteAsync(store.DataSource, ct);
        var year = company.Fiscal.YearOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), company.Zone).DateTime));
        Print("name", company.Name);
        Print("time zone", company.Zone.Id);
        Print("fiscal year", $"{FiscalWords.Describe(company.Fiscal)}; {year.Label} is {Day(year.Start)} to {Day(year.End.AddDays(-1))}");
        Print("week starts on", $"{company.Fiscal.WeekStart}");
        Print("currency", company.Currency ?? "as invoiced; several are not added up");
        return 0;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Print(string name, string value) => Console.WriteLine($"{name,-16}{value}");
}
