using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>One customer while its history is generated: who it is, what becomes of it, and its own random generator.</summary>
internal sealed class Customer
{
    private const double KeySize = 1.8;
    private readonly Dictionary<string, int> _lastKeys = [];

    public Customer(World world, int number)
    {
        World = world;
        Number = number;
        Random = new DemoRandom(world.Options.Seed, number);
        Apart = new DemoRandom(world.Options.Seed, -2 - number);
        Region = Random.Pick((0.32, Structure.Regions[0]), (0.28, Structure.Regions[1]), (0.17, Structure.Regions[2]), (0.23, Structure.Regions[3]));
        Hours = world.Calendars.Of(Region);
        (Name, Industry) = Names.Company(world.Options.Seed, number);
        Size = Math.Min(4, Random.LogNormal(0.8, 0.65));
        (Country, Currency) = Random.Pick((0.9, ("US", "USD")), (0.05, ("CA", "CAD")), (0.02, ("DE", "EUR")), (0.03, ("MX", "MXN")));
        Since = Timeline.WholeSecond(Random.Chance(0.65)
            ? Timeline.Start.AddDays(-Random.Real(30, 2000))
            : Timeline.Start.AddDays(Random.Real(0, 1000)));
        Begin = Timeline.NotBeforeStart(Since);
        Fate = Fate.Draw(Random, Begin, Timeline);
        Owners = new Tenures(world, Region, Begin, Random);
        Contacts = new Contacts(this);
        DuplicateKey = Random.Chance(0.03) ? $"erp:K-{number:D4}" : null;
    }

    public World World { get; }
    public Timeline Timeline => World.Timeline;
    public FactFiles Files => World.Files;
    public int Number { get; }
    public string Key => KeyOf(Number);
    public DemoRandom Random { get; }

    /// <summary>A second generator, for what stands beside the conversation: a draw from it moves none of the first's.</summary>
    public DemoRandom Apart { get; }

    public Region Region { get; }
    public OpenHours Hours { get; }
    public string Name { get; }
    public string Industry { get; }
    public PhoneNumbers Phones => new(Number);
    public string Country { get; }
    public string Currency { get; }

    /// <summary>How much business it brings; 1 on average.</summary>
    public double Size { get; }

    public DateTimeOffset Since { get; }

    /// <summary>Since when we have its history.</summary>
    public DateTimeOffset Begin { get; }

    public Fate Fate { get; }
    public Tenures Owners { get; }
    public Contacts Contacts { get; }

    /// <summary>Its second account, under which invoicing knows it; null for most.</summary>
    public string? DuplicateKey { get; }

    /// <summary>The account its invoices are written to.</summary>
    public string InvoicedAs => DuplicateKey ?? Key;

    public static string KeyOf(int number) => $"crm:A-{number:D4}";

    /// <summary>The next source key of that kind, unique in the company.</summary>
    public string NextKey(string kind)
    {
        var last = _lastKeys.GetValueOrDefault(kind) + 1;
        _lastKeys[kind] = last;
        return $"{kind}-{Number:D4}{last:D4}";
    }

    /// <summary>When a source stamps what happened at <paramref name="at"/>: mostly soon, a few are entered days later.</summary>
    public DateTimeOffset Stamp(DateTimeOffset at) => Timeline.WholeSecond(Timeline.NotAfterEnd(
        Random.Chance(0.03) ? at.AddDays(Random.Real(1, 6)) : at.AddSeconds(Random.Whole(2, 240))));

    public void Write()
    {
        Files.Add(Row(Key, Name) with
        {
            ParentKey = Number > 1 && Random.Chance(0.04) ? KeyOf(Random.Whole(1, Number - 1)) : null,
            Segment = Size switch { > KeySize => "key", > 0.7 => "core", _ => "small" },
            Region = Region.Name,
            Industry = Industry,
            TimeZone = Region.Zone,
            CalendarKey = Region.CalendarKey,
            Phone = Phones.Switchboard,
            ClosedAt = Fate.ClosedAt,
        });
        if (DuplicateKey is not null) Files.Add(Row(DuplicateKey, Names.Variant(Name, Random)));
        PromiseLongerHours();
        Owners.Write(Files, this);
        Contacts.Write(Files);
    }

    /// <summary>Most key customers were promised longer hours at some time; to some the promise has ended.</summary>
    private void PromiseLongerHours()
    {
        var from = Timeline.WholeSecond(Begin.AddDays(Apart.Whole(90, 700)));
        if (Size <= KeySize || !Apart.Chance(0.7) || !Timeline.Has(from)) return;
        var to = Apart.Chance(0.25) ? Timeline.Past(from.AddDays(365)) : null;
        Files.Add(new AccountCalendar
        {
            SourceKey = $"crm:H-{Number:D4}",
            OccurredAt = from,
            SourceModifiedAt = to ?? from,
            Account = Key,
            CalendarKey = Region.LongHoursKey,
            EndedAt = to,
        });
    }

    private Account Row(string key, string name) => new()
    {
        SourceKey = key,
        Account = key,
        OccurredAt = Since,
        SourceModifiedAt = Fate.ClosedAt ?? Since,
        Name = name,
        Country = Country,
        Currency = Currency,
    };
}
