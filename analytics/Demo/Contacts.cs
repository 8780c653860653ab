using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>The people of one customer. Somebody new comes in for everybody we forgot.</summary>
internal sealed class Contacts
{
    private const int CoreCount = 3;
    private readonly Customer _customer;
    private readonly List<Person> _all = [];

    public Contacts(Customer customer)
    {
        _customer = customer;
        var count = CoreCount + customer.Random.Whole(3, 6);
        for (var i = 0; i < count; i++) Add(customer.Begin);
    }

    /// <summary>The first three: executive, management, operations.</summary>
    public Person Core(int index) => _all[index];

    public Person Named(string key) => _all.First(p => p.Key == key);

    public Person AnyCore() => _all[_customer.Random.Whole(0, CoreCount - 1)];

    public Person AtRandom() => _customer.Random.Pick(_all);

    /// <summary>Somebody who would write to us now.</summary>
    public Person Asker(double coreShare)
    {
        var random = _customer.Random;
        if (random.Chance(coreShare)) return _all[random.Whole(1, CoreCount - 1)];
        while (true)
        {
            var person = _all[random.Whole(CoreCount, _all.Count - 1)];
            if (person.MayWrite) return person;
            // Ever more of the list is silent in a badly served account, so not every miss searches on.
            if (random.Chance(0.3)) return _all[random.Whole(1, CoreCount - 1)];
        }
    }

    public void Forget(Person person, DateTimeOffset at)
    {
        person.Forgotten = true;
        var random = _customer.Random;
        if (random.Chance(0.35)) person.LeftAt = _customer.Timeline.Past(at.AddDays(random.Whole(20, 250)));
        Add(at);
    }

    public void Write(FactFiles files)
    {
        var domain = Names.Domain(_customer.Name);
        foreach (var person in _all.Where(p => _customer.Timeline.Has(p.Since)))
        {
            files.Add(new Contact
            {
                SourceKey = person.Key,
                OccurredAt = person.Since,
                SourceModifiedAt = person.LeftAt ?? person.Since,
                Account = _customer.Key,
                Name = person.Name,
                Title = person.Tier == Tier.Executive ? "Vice President Operations" : _customer.Random.Pick(Vocabulary.Titles),
                Email = Names.MailAddress(person.Name, domain),
                Phone = person.Phone,
                Tier = person.Tier,
                PreferredChannel = person.Preferred,
                DoNotContact = person.DoNotContact,
                LeftAt = person.LeftAt,
            });
        }
    }

    private void Add(DateTimeOffset since)
    {
        var random = _customer.Random;
        var number = _all.Count;
        var core = number < CoreCount;
        _all.Add(new Person
        {
            Key = $"crm:C-{_customer.Number:D4}-{number + 1:D2}",
            Name = Fresh(random),
            Phone = _customer.Phones.Of(number),
            Tier = core ? (Tier)number : random.Pick((0.4, Tier.Operations), (0.6, Tier.Technical)),
            Preferred = random.Pick<Channel?>((0.4, null), (0.35, Channel.Email), (0.2, Channel.Phone), (0.05, Channel.Sms)),
            Since = since,
            Core = core,
            DoNotContact = !core && random.Chance(0.02),
        });
    }

    private string Fresh(DemoRandom random)
    {
        while (true)
        {
            var name = Names.Person(random);
            if (_all.All(p => p.Name != name)) return name;
        }
    }
}
