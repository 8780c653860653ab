using System.Text.RegularExpressions;
using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>Which field feeds a column where no name says so: what stands in it can be nothing else.</summary>
internal static partial class ValueGuess
{
    private const double Enough = 0.8;

    /// <summary>The one field left whose values are of a column's kind; null when there is none, or a choice.</summary>
    /// <param name="column">The column that nothing feeds yet.</param>
    /// <param name="left">Fields that feed nothing yet.</param>
    public static SampleField? Of(FactColumn column, IEnumerable<SampleField> left) =>
        Test(column) is { } fits && left.Where(f => f.IsNameable && f.Filled > 0 && !f.IsList && fits(f)).Take(2).ToList() is [var only] ? only : null;

    private static Func<SampleField, bool>? Test(FactColumn column) => column switch
    {
        { Name: "email" } => field => Are(field, Mail()),
        { Name: "phone" or "phone_number" } => field => Are(field, Phone()),
        { Kind: ColumnKind.Instant or ColumnKind.Day, Required: true } => field => field.DateForms.Count > 0 && !Are(field, Digits()),
        { Name: "amount", Required: true } => field => field.NumberForms.Count > 0 && field.DateForms.Count == 0 && Are(field, Money()),
        _ => null,
    };

    private static bool Are(SampleField field, Regex form) => field.Values.Where(v => form.IsMatch(v.Text)).Sum(v => v.Count) >= Enough * field.Filled;

    [GeneratedRegex(@"\A[^\s@]+@[^\s@]+\.[^\s@.]{2,}\z")]
    private static partial Regex Mail();

    // With a sign that numbers of records have not.
    [GeneratedRegex(@"\A(?:\+|00|\(|0\d+[ /()-])[\d ()/.-]{5,24}\z")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\A\d+\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A-?[\d.,' ]*\d[.,]\d{2}\z")]
    private static partial Regex Money();
}
