namespace Followthrough.Tests.Support;

/// <summary>Draws keys, people and times out of few, so that random facts meet. The same seed draws the same.</summary>
internal sealed class RandomDraw(int seed)
{
    private static readonly string[] Accounts = ["crm:A", "crm:B", "crm:C"];
    private static readonly DateTimeOffset First = Given.At("2025-12-01T00:00Z");

    private readonly Random _random = new(seed);

    internal static IReadOnlyList<string> Customers => Accounts;

    internal string Customer => Any(Accounts);

    internal string Person => Any(["hr:Ann", "hr:Bob", "hr:Cy"]);

    internal string Team => Any(["t:North", "t:South"]);

    internal string Calendar => Any(["cal:1", "cal:2"]);

    internal string Zone => Any(["Europe/Berlin", "America/New_York", "Asia/Kolkata"]);

    /// <summary>A whole number from 0 up to, not including, <paramref name="end"/>.</summary>
    internal int Number(int end) => _random.Next(end);

    /// <summary>One of the first values of a closed set.</summary>
    internal T One<T>(int first) where T : struct, Enum => Enum.GetValues<T>()[_random.Next(first)];

    // A record keeps its customer for life; everything else about it can be corrected.
    internal T Of<T>(string prefix, int keys, Func<(string Source, string Account), T> make)
    {
        var number = _random.Next(keys);
        return make(($"{prefix}{number}", Accounts[number % Accounts.Length]));
    }

    /// <summary>The key of a record of that customer, made as <see cref="Of{T}"/> makes it.</summary>
    internal string Keyed(string prefix, string account) => $"{prefix}{Array.IndexOf(Accounts, account) + Accounts.Length * _random.Next(3)}";

    internal string Contact(string account) => $"c{Array.IndexOf(Accounts, account) + Accounts.Length * _random.Next(2)}";

    internal string Project(string account) => $"p{Array.IndexOf(Accounts, account) + Accounts.Length * _random.Next(2)}";

    internal string Subject(string account) => One(2) ? Project(account) : $"i{Array.IndexOf(Accounts, account) + Accounts.Length * _random.Next(30)}";

    internal string Key(string prefix, int keys) => $"{prefix}{_random.Next(keys)}";

    internal string Any(string[] texts) => texts[_random.Next(texts.Length)];

    internal bool One(int of) => _random.Next(of) == 0;

    internal DateTimeOffset Time() => First.AddMinutes(_random.Next(180 * 24 * 4) * 15);

    internal DateOnly Day() => DateOnly.FromDateTime(Time().UtcDateTime);
}
