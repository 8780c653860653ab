using System.Globalization;

namespace Followthrough.Ingest.Identity;

/// <summary>How sure it is that two customers are one, and why.</summary>
/// <param name="Score">From 0 to 1: one less the chance that each thing that agrees agrees by accident, less what speaks against it.</param>
/// <param name="Evidence">What speaks for it (begins with <c>+ </c>) and against it (<c>- </c>), in words, the weightiest first.</param>
internal sealed record MatchScore(decimal Score, IReadOnlyList<string> Evidence)
{
    /// <summary>From here on two accounts of different systems are merged by themselves.</summary>
    public const decimal Automatic = 0.95m;

    /// <summary>From here on somebody is asked.</summary>
    public const decimal Review = 0.70m;

    private const double NamesAlike = 0.85;
    private const double NamesUnlike = 0.4;

    /// <summary>What speaks for it, in words.</summary>
    public string Reasons => string.Join("; ", Evidence.Where(e => e[0] == '+').Select(e => e[2..]));

    /// <summary>Compares two customers.</summary>
    public static MatchScore Of(Profile one, Profile other)
    {
        var links = Links(one, other).ToList();
        var agreeing = links.Concat(Agreeing(one, other)).ToList();
        // Where a system itself says who it is there, its name may be any.
        var opposing = Opposing(one, other).Concat(links.Count > 0 ? [] : Unlike(one, other)).ToList();
        var doubt = agreeing.Aggregate(1m, (d, e) => d * (1 - e.Weight));
        var score = opposing.Aggregate(1 - doubt, (s, e) => s * e.Factor);
        return new MatchScore(Math.Round(score, 3, MidpointRounding.AwayFromZero), [.. agreeing.Select(e => "+ " + e.Words), .. opposing.Select(e => "- " + e.Words)]);
    }

    private static IEnumerable<(decimal Weight, string Words)> Links(Profile one, Profile other)
    {
        foreach (var (from, to) in new[] { (one, other), (other, one) })
            if (to.Records.FirstOrDefault(r => from.ExternalIds.Contains(r.Key)) is { } named) yield return (0.99m, $"{from.Key} gives {named.Key} as its own number there");
    }

    private static IEnumerable<(decimal Weight, string Words)> Agreeing(Profile one, Profile other)
    {
        if (Shared(one.ExternalIds, other.ExternalIds) is { } id) yield return (0.90m, $"Same number {id} in another system");
        if (Shared(one.TaxIds, other.TaxIds) is { } tax) yield return (0.97m, $"Same tax number {tax}");
        if (Shared(one.Domains, other.Domains) is { } domain) yield return (0.85m, $"Same domain {domain}");
        if (NameEvidence(one, other) is { } name) yield return name;
        if (Shared(one.Mails, other.Mails) is { } mail) yield return (0.70m, $"Same mail address {mail}");
        if (Shared(one.Phones, other.Phones) is { } phone) yield return (0.60m, $"Same phone number ending in {phone}");
        if (Shared(one.Addresses, other.Addresses) is not null) yield return (0.60m, "Same street and postal code");
        else if (Shared(one.Cities, other.Cities) is not null) yield return (0.10m, "Same city");
        if (Shared(one.Countries, other.Countries) is { } country) yield return (0.05m, $"Same country {country}");
    }

    private static IEnumerable<(decimal Factor, string Words)> Opposing(Profile one, Profile other)
    {
        if (Differ(one.TaxIds, other.TaxIds)) yield return (0.30m, $"Different tax numbers {First(one.TaxIds)} and {First(other.TaxIds)}");
        if (Differ(one.Countries, other.Countries)) yield return (0.70m, $"Different countries {First(one.Countries)} and {First(other.Countries)}");
        if (Differ(one.Domains, other.Domains)) yield return (0.85m, $"Different domains {First(one.Domains)} and {First(other.Domains)}");
        if (one.Sources.Intersect(other.Sources).Order(StringComparer.Ordinal).FirstOrDefault() is { } source) yield return (0.95m, $"Both are in {(source.Length == 0 ? "one system" : source)}, which keeps them apart");
    }

    private static IEnumerable<(decimal Factor, string Words)> Unlike(Profile one, Profile other)
    {
        if (Likest(one, other).Like < NamesUnlike) yield return (0.85m, "The names are unlike");
    }

    private static (decimal, string)? NameEvidence(Profile one, Profile other)
    {
        var (like, mine, theirs) = Likest(one, other);
        if (like == 1) return (0.75m, mine == theirs ? $"Same name {mine}" : $"Same name but for how it is written: {mine}, {theirs}");
        return like < NamesAlike ? null
            : (Math.Round(0.72m * (decimal)like, 3), string.Create(CultureInfo.InvariantCulture, $"Names {100 * like:0} % alike: {mine}, {theirs}"));
    }

    private static (double Like, string One, string Other) Likest(Profile one, Profile other) =>
        one.Records.SelectMany(a => other.Records.Select(b => (Like: Likeness.Of(NameForm.Of(a.Name), NameForm.Of(b.Name)), a.Name, Other: b.Name))).MaxBy(x => x.Like);

    private static string? Shared(HashSet<string> one, HashSet<string> other) => one.Intersect(other).Order(StringComparer.Ordinal).FirstOrDefault();

    private static bool Differ(HashSet<string> one, HashSet<string> other) => one.Count > 0 && other.Count > 0 && !one.Overlaps(other);

    private static string First(HashSet<string> values) => values.Order(StringComparer.Ordinal).First();
}
