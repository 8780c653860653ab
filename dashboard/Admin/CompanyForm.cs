using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Admin;

/// <summary>What the form of the company holds, as it was filled in.</summary>
/// <param name="Name">What the pages call it.</param>
/// <param name="Zone">IANA name of the zone in which its days begin.</param>
/// <param name="Fiscal">How its fiscal year is divided, a word of ours.</param>
/// <param name="FiscalStart">The month it begins in, 1 to 12.</param>
/// <param name="WeekStart">The first day of a week, in English.</param>
/// <param name="Currency">ISO 4217 code; empty states amounts in their own.</param>
public sealed record CompanyForm(string Name, string Zone, string Fiscal, string FiscalStart, string WeekStart, string Currency)
{
    private const int LongestName = 100;

    internal static CompanyForm Of(Company company) => new(
        company.Name, company.Zone.Id, FiscalWords.Of(company.Fiscal.Kind), company.Fiscal.StartMonth.ToString(CultureInfo.InvariantCulture),
        company.Fiscal.WeekStart.ToString(), company.Currency ?? "");

    internal static CompanyForm Read(IFormCollection form)
    {
        string Said(string name) => form[name].ToString().Trim();
        return new(Said("name"), Said("zone"), Said("fiscal"), Said("fiscal_start"), Said("week_start"), Said("currency").ToUpperInvariant());
    }

    /// <summary>What is wrong with it, in sentences; none when it can be taken.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Name.Length is 0 or > LongestName) yield return $"The name: expected one of at most {LongestName} characters.";
        if (Company.ZoneOf(Zone) is null) yield return "The time zone: expected an IANA name, for example Europe/Berlin.";
        if (!FiscalWords.Kinds.Contains(Fiscal)) yield return "The fiscal year: expected one of the list.";
        else if (Month is null) yield return "The month the fiscal year begins in: expected one of the list.";
        else if (FiscalWords.Kind(Fiscal) == FiscalKind.Calendar && Month != 1) yield return "The fiscal year: one that does not begin in January is shifted or 4-4-5.";
        if (!Enum.TryParse<DayOfWeek>(WeekStart, out var day) || !Enum.IsDefined(day)) yield return "The first day of a week: expected one of the list.";
        if (Currency.Length > 0 && !Company.IsCurrency(Currency)) yield return "The currency: expected three capital letters, for example EUR, or nothing.";
    }

    /// <summary>The company as it would be with what can be taken.</summary>
    internal Company Applied(Company company) =>
        company.Changed(Name, Company.ZoneOf(Zone), Fiscal, Month, Enum.Parse<DayOfWeek>(WeekStart)) with { Currency = Currency.Length == 0 ? null : Currency };

    /// <summary>As the log keeps it.</summary>
    internal static string InWords(Company company) =>
        $"name: {company.Name}; zone: {company.Zone.Id}; fiscal year: {FiscalWords.Describe(company.Fiscal)}; week from {company.Fiscal.WeekStart}; currency: {company.Currency ?? "as invoiced"}";

    private int? Month => int.TryParse(FiscalStart, NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12 ? month : null;
}
