using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>Fiscal calendars in the words that the command line and the database use.</summary>
internal static class FiscalWords
{
    /// <summary>Every kind's word.</summary>
    public static IEnumerable<string> Kinds => Enum.GetValues<FiscalKind>().Select(Of);

    public static string Of(FiscalKind kind) => kind switch
    {
        FiscalKind.Calendar => "calendar",
        FiscalKind.Shifted => "shifted",
        FiscalKind.FourFourFive => "4-4-5",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static FiscalKind Kind(string word) => Enum.GetValues<FiscalKind>().Single(kind => Of(kind) == word);

    /// <summary>The calendar in a sentence's end, for example "12 months from April".</summary>
    public static string Describe(FiscalCalendar fiscal)
    {
        var month = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(fiscal.StartMonth);
        return fiscal.Kind switch
        {
            FiscalKind.Calendar => "the calendar year",
            FiscalKind.Shifted => $"twelve months from {month}",
            FiscalKind.FourFourFive => $"4-4-5 weeks from the {fiscal.WeekStart} nearest to 1 {month}",
            _ => throw new ArgumentOutOfRangeException(nameof(fiscal), fiscal.Kind, null),
        };
    }
}
