using System.Text.RegularExpressions;

namespace Followthrough.Ingest.Identity;

/// <summary>A record of a customer in one system, as its source writes it.</summary>
internal sealed record ProfileRecord(
    string Key, string Name, string? TaxId, string? Website, string? Email, string? ExternalIds, string? Phone, string? Street, string? PostalCode, string? City, string? Country, DateTimeOffset Since);

/// <summary>What tells a customer from others: of all its records and contacts, in a form in which equal means the same.</summary>
internal sealed partial class Profile
{
    private const int ShortestTaxId = 5;
    private const int ShortestPhone = 7;
    private const int TellingDigits = 9;

    // What is longer is no name, number or address, and no index holds it.
    private const int LongestValue = 256;

    public Profile(long id, IReadOnlyList<ProfileRecord> records, IReadOnlyList<(string? Email, string? Phone)> contacts)
    {
        Id = id;
        Records = records;
        Names = [.. records.Select(r => NameForm.Of(r.Name)).Where(n => n.Count > 0)];
        Sources = [.. records.Select(r => SourceOf(r.Key))];
        ExternalIds = [.. records.SelectMany(r => Parts(r.ExternalIds))];
        TaxIds = [.. records.Select(r => r.TaxId is null ? "" : NotLetterOrDigit().Replace(r.TaxId, "").ToUpperInvariant()).Where(t => t.Length >= ShortestTaxId)];
        Mails = [.. records.Select(r => r.Email).Concat(contacts.Select(c => c.Email)).OfType<string>().Select(m => m.Trim().ToLowerInvariant()).Where(m => m.Contains('@', StringComparison.Ordinal))];
        Domains = [.. Mails.Select(Domain.OfMail).Concat(records.SelectMany(r => Parts(r.Website)).Select(Domain.OfSite)).OfType<string>()];
        Phones = [.. records.Select(r => r.Phone).Concat(contacts.Select(c => c.Phone)).OfType<string>().Select(PhoneOf).Where(p => p.Length >= ShortestPhone)];
        Addresses = [.. records.Select(AddressOf).OfType<string>()];
        Cities = [.. records.Where(r => r.City is not null).Select(r => string.Concat(NameForm.Of(r.City!)))];
        Countries = [.. records.Select(r => r.Country).OfType<string>()];
    }

    /// <summary>The customer's account.</summary>
    public long Id { get; }

    /// <summary>Its record in each system, its own first.</summary>
    public IReadOnlyList<ProfileRecord> Records { get; }

    /// <summary>Key of its own record.</summary>
    public string Key => Records[0].Key;

    public DateTimeOffset Since => Records[0].Since;

    /// <summary>Telling words of each name.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Names { get; }

    /// <summary>Systems it has a record in.</summary>
    public HashSet<string> Sources { get; }

    public HashSet<string> ExternalIds { get; }
    public HashSet<string> TaxIds { get; }
    public HashSet<string> Mails { get; }
    public HashSet<string> Domains { get; }
    public HashSet<string> Phones { get; }
    public HashSet<string> Addresses { get; }
    public HashSet<string> Cities { get; }
    public HashSet<string> Countries { get; }

    /// <summary>What it can meet another by: kind and value.</summary>
    public IEnumerable<(string Kind, string Value)> Keys() =>
        Of("id", Records.Select(r => r.Key).Concat(ExternalIds)).Concat(Of("tax", TaxIds)).Concat(Of("mail", Mails)).Concat(Of("domain", Domains)).Concat(Of("phone", Phones))
            .Concat(Of("address", Addresses)).Concat(Of("name", Names.Select(n => string.Join(' ', n)))).Concat(Of("stem", Names.SelectMany(Stems)))
            .Concat(Of(Number, Records.Select(r => NumberOf(r.Key)))).Distinct();

    /// <summary>What a customer could be known by if all that is known of it is a key, kind and value.</summary>
    public static IEnumerable<(string Kind, string Value)> OfKey(string key)
    {
        var number = NumberOf(key);
        var told = new Profile(0, [new ProfileRecord(key, number, null, number, number, null, number.Any(char.IsLetter) ? null : number, null, null, null, null, default)], []);
        return told.Keys().Where(k => k.Kind != "stem");
    }

    /// <summary>Kind of an account's number in its system: two systems count alike, so it brings no two accounts together.</summary>
    public const string Number = "number";

    private static string NumberOf(string key) => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The system a key is of.</summary>
    public static string SourceOf(string key) => key.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? key[..colon] : "";

    private static IEnumerable<(string, string)> Of(string kind, IEnumerable<string> values) => values.Where(v => v.Length is > 0 and <= LongestValue).Select(v => (kind, v));

    // How words begin, alone and by two: names that are spelled a little differently meet there. What many share is not asked.
    private static IEnumerable<string> Stems(IReadOnlyList<string> name)
    {
        const int Letters = 4;
        const int Most = 4;
        var stems = name.Where(w => w.Length >= Letters).Take(Most).Select(w => w[..Letters]).Distinct().ToList();
        return stems.Concat(stems.SelectMany((one, i) => stems.Skip(i + 1).Select(other => $"{one} {other}")));
    }

    private static string[] Parts(string? text) => text?.Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static string PhoneOf(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length > TellingDigits ? digits[^TellingDigits..] : digits;
    }

    // Postal code, house number and how the street begins: the rest of an address is written in too many ways.
    private static string? AddressOf(ProfileRecord record)
    {
        if (record.Street is null || record.PostalCode is null) return null;
        var number = Digits().Match(record.Street).Value;
        var street = NameForm.Of(record.Street).FirstOrDefault(w => w.Length > 3 && w.All(char.IsLetter));
        return number.Length == 0 || street is null ? null : $"{NotLetterOrDigit().Replace(record.PostalCode, "").ToUpperInvariant()} {number} {street[..4]}";
    }

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotLetterOrDigit();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
