namespace Followthrough.Analytics.Demo;

/// <summary>Names of people and companies.</summary>
internal static class Names
{
    private static readonly string[] First = [
        "Alma", "Brian", "Carla", "Derek", "Elena", "Frank", "Grace", "Hector", "Irene", "Jonas", "Karen", "Luis", "Maya", "Nathan", "Olivia",
        "Peter", "Quinn", "Rosa", "Samir", "Tanya", "Umar", "Vera", "Walter", "Ximena", "Yusuf", "Zoe", "Adrian", "Bianca", "Curtis", "Dana",
        "Ethan", "Fiona", "Gordon", "Hannah", "Ivan", "Joyce", "Keith", "Leila", "Marcus", "Nora", "Oscar", "Paula", "Ralph", "Sonia", "Trevor"];

    private static readonly string[] Last = [
        "Abbott", "Becker", "Castillo", "Dawson", "Ellison", "Fischer", "Grimes", "Hoffman", "Ibarra", "Jensen", "Kowalski", "Lindgren", "Mercer",
        "Novak", "Okafor", "Pruitt", "Quigley", "Ramos", "Sutherland", "Tran", "Underhill", "Vasquez", "Whitaker", "Yoder", "Zimmer", "Archer",
        "Bauer", "Cordova", "Delgado", "Everett", "Farrow", "Goodwin", "Hayes", "Iverson", "Joshi", "Kemp", "Larsen", "Maddox", "Nash", "Ortega",
        "Petrov", "Reyes", "Schultz", "Thornton", "Upton", "Vance", "Weller", "Young", "Zamora", "Ashby", "Bishop", "Crane", "Doyle", "Emery"];

    private static readonly string[] Places = [
        "Lakeshore", "Summit", "Riverbend", "Prairie", "Granite", "Harbor", "Cedar Falls", "Northgate", "Silver Creek", "Bayview", "Eastfield",
        "Fairmont", "Highland", "Ironwood", "Juniper", "Kingsley", "Larkspur", "Meridian", "Oakdale", "Pinecrest", "Quarry Hill", "Redstone",
        "Stonebridge", "Timberline", "Union Square", "Valley View", "Westbrook", "Alder Grove", "Bluewater", "Copper Ridge", "Drummond", "Elkhorn",
        "Foxglove", "Glenwood", "Hawthorne", "Inverness", "Kestrel", "Longmeadow", "Marlow", "Newbury", "Overland", "Palisade", "Ridgemont",
        "Sagebrush", "Tamarack", "Vermilion", "Windham", "Yarrow", "Aspen Park", "Birchwood", "Canyon Rim", "Driftwood", "Evergreen", "Fort Mason",
        "Gateway", "Hollis", "Keystone", "Lindenwood", "Monarch", "Orchard"];

    private static readonly (string Kind, string Industry)[] Kinds = [
        ("Medical Center", "Healthcare"), ("School District", "Education"), ("Properties", "Commercial real estate"), ("Data Centers", "Technology"),
        ("Foods", "Food processing"), ("Hotels", "Hospitality"), ("University", "Education"), ("Biologics", "Life sciences"),
        ("Manufacturing", "Manufacturing"), ("Logistics", "Warehousing"), ("Community College", "Education"), ("Dental Group", "Healthcare"),
        ("County Facilities", "Public sector"), ("Credit Union", "Financial services"), ("Semiconductor", "Manufacturing"),
        ("Senior Living", "Healthcare"), ("Retail Centers", "Commercial real estate"), ("Convention Center", "Hospitality"),
        ("Cold Storage", "Warehousing"), ("Research Labs", "Life sciences"), ("Mechanical Contractors", "Construction"),
        ("Airport Authority", "Public sector"), ("Print Works", "Manufacturing"), ("Fitness Clubs", "Leisure")];

    private static readonly string[] Forms = ["Inc.", "LLC", "Group", "Partners", "& Co."];

    private static readonly string[] Towns = [
        "Arden", "Brighton", "Camden", "Dover", "Easton", "Fulton", "Geneva", "Hudson", "Ithan", "Jasper", "Kenton", "Lowell", "Milton", "Norwood"];

    public static string Person(DemoRandom random) => $"{random.Pick(First)} {random.Pick(Last)}";

    /// <summary>A company's name and industry. The walk through the combinations repeats none, so distinct numbers give distinct names.</summary>
    public static (string Name, string Industry) Company(int seed, int number)
    {
        var combinations = Places.Length * Kinds.Length;
        var index = (int)(((long)number * 1_009 + (uint)seed) % combinations);
        var round = number / combinations;
        var (kind, industry) = Kinds[index % Kinds.Length];
        var place = Places[index / Kinds.Length];
        var town = round == 0 ? "" : $" of {Towns[(round - 1) % Towns.Length]}{(round <= Towns.Length ? "" : $" {(round - 1) / Towns.Length + 1}")}";
        return ($"{place} {kind}{town} {Forms[index % Forms.Length]}", industry);
    }

    /// <summary>The same company as somebody else typed it.</summary>
    public static string Variant(string name, DemoRandom random)
    {
        var space = name.LastIndexOf(name.EndsWith("& Co.", StringComparison.Ordinal) ? " &" : " ", StringComparison.Ordinal);
        var bare = name[..space];
        return random.Whole(0, 3) switch
        {
            0 => bare,
            1 => bare.ToUpperInvariant(),
            2 => bare.Replace(" Center", " Ctr", StringComparison.Ordinal).Replace("Manufacturing", "Mfg", StringComparison.Ordinal) + ", Inc",
            _ => name.Replace(".", "", StringComparison.Ordinal).Replace("&", "and", StringComparison.Ordinal) + " (AP)",
        };
    }

    /// <summary>The domain of a company, under the top level reserved for examples.</summary>
    public static string Domain(string company) =>
        string.Concat(company.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant() + ".example";

    public static string MailAddress(string person, string domain) =>
        $"{person.ToLowerInvariant().Replace(' ', '.')}@{domain}";
}
