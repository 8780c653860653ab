using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>A membership of a team, [From, To); a null end lasts.</summary>
internal sealed record Stay(string TeamKey, DateTimeOffset From, DateTimeOffset? To)
{
    public bool Covers(DateTimeOffset at) => From <= at && (To is null || at < To);
}

/// <summary>One of ours.</summary>
internal sealed record Colleague(
    string Key, string Name, string Title, string? ManagerKey, DateTimeOffset Hired, DateTimeOffset? Left, IReadOnlyList<Stay> Stays)
{
    public string? TeamAt(DateTimeOffset at) => Stays.FirstOrDefault(s => s.Covers(at))?.TeamKey;
}

/// <summary>Everybody who works or worked at the company: four executives and eight teams of seven, some of whom moved or left.</summary>
internal sealed class People
{
    private const int Executives = 4, PerTeam = 7;
    private readonly Dictionary<string, Colleague> _byKey;
    private readonly Dictionary<string, Colleague[]> _byTeam;
    private readonly List<Colleague> _all = [];
    private readonly DemoRandom _random;
    private readonly Timeline _timeline;

    public People(Timeline timeline, DemoRandom random)
    {
        _timeline = timeline;
        _random = random;
        AddExecutives();
        for (var team = 0; team < Structure.Teams.Count; team++) AddTeam(team);
        _byKey = _all.ToDictionary(c => c.Key);
        _byTeam = Structure.Teams.ToDictionary(t => t.Key, t => _all.Where(c => c.Stays.Any(s => s.TeamKey == t.Key)).ToArray());
    }

    public Colleague this[string key] => _byKey[key];

    public string? TeamOf(string staffKey, DateTimeOffset at) => _byKey[staffKey].TeamAt(at);

    /// <summary>Somebody who belongs to the team at that time; the lead always does.</summary>
    public string Member(string teamKey, DateTimeOffset at, DemoRandom random) =>
        random.Pick(_byTeam[teamKey].Where(c => c.TeamAt(at) == teamKey).ToArray()).Key;

    public void Write(FactFiles files)
    {
        foreach (var team in Structure.Teams)
        {
            files.Add(new Team
            {
                SourceKey = team.Key,
                OccurredAt = _timeline.Start.AddYears(-12),
                Name = team.Name,
                Region = team.Region,
                Unit = team.Unit,
                LeadKey = Lead(team.Key),
            });
        }

        foreach (var colleague in _all) Write(files, colleague);
    }

    private static void Write(FactFiles files, Colleague colleague)
    {
        files.Add(new Staff
        {
            SourceKey = colleague.Key,
            OccurredAt = colleague.Hired,
            SourceModifiedAt = colleague.Left ?? colleague.Hired,
            Name = colleague.Name,
            Email = Names.MailAddress(colleague.Name, "controls.example.com"),
            Title = colleague.Title,
            ManagerKey = colleague.ManagerKey,
            EndedAt = colleague.Left,
        });
        foreach (var stay in colleague.Stays)
        {
            files.Add(new TeamMembership
            {
                SourceKey = $"{colleague.Key}-{stay.TeamKey[3..]}",
                OccurredAt = stay.From,
                SourceModifiedAt = stay.To ?? stay.From,
                StaffKey = colleague.Key,
                TeamKey = stay.TeamKey,
                EndedAt = stay.To,
            });
        }
    }

    private void AddExecutives()
    {
        string[] titles = ["President", "VP Accounts", "VP Projects", "VP Service"];
        for (var i = 0; i < Executives; i++)
            _all.Add(new Colleague(Key(i), FreshName(), titles[i], i == 0 ? null : Key(0), Before(2000, 4000), null, []));
    }

    private void AddTeam(int number)
    {
        var team = Structure.Teams[number];
        var head = Key(team.Unit switch { "Accounts" => 1, "Projects" => 2, _ => 3 });
        var lead = Lead(team.Key);
        for (var i = 0; i < PerTeam; i++)
        {
            var key = Key(Executives + number * PerTeam + i);
            var hired = Before(60, 3500);
            switch (i)
            {
                case 0: Add(key, $"{team.Unit} Lead", head, hired, null, [new Stay(team.Key, hired, null)]); break;
                case 1 when number % 2 == 0: AddLeaverAndSuccessor(key, team, number, hired, lead); break;
                case 2 when number is 0 or 2 or 4 or 5 or 6: AddMover(key, team, number, hired, lead); break;
                default: Add(key, TitleIn(team), lead, hired, null, [new Stay(team.Key, hired, null)]); break;
            }
        }
    }

    private void AddLeaverAndSuccessor(string key, TeamPlan team, int number, DateTimeOffset hired, string lead)
    {
        var left = During();
        Add(key, TitleIn(team), lead, hired, left, [new Stay(team.Key, hired, left)]);
        var successor = Key(Executives + Structure.Teams.Count * PerTeam + number / 2);
        var began = left.AddDays(-14);
        Add(successor, TitleIn(team), lead, began, null, [new Stay(team.Key, began, null)]);
    }

    private void AddMover(string key, TeamPlan team, int number, DateTimeOffset hired, string lead)
    {
        var moved = During();
        // Within the unit where it has another team of the kind, so that skills fit.
        var to = Structure.Teams[number is 4 ? 5 : number is 5 ? 4 : number is 6 ? 7 : number + 1];
        Add(key, TitleIn(team), lead, hired, null, [new Stay(team.Key, hired, moved), new Stay(to.Key, moved, null)]);
    }

    private void Add(string key, string title, string manager, DateTimeOffset hired, DateTimeOffset? left, IReadOnlyList<Stay> stays) =>
        _all.Add(new Colleague(key, FreshName(), title, manager, hired, left, stays));

    private string FreshName()
    {
        while (true)
        {
            var name = Names.Person(_random);
            if (_all.All(c => c.Name != name)) return name;
        }
    }

    private DateTimeOffset Before(int fromDays, int toDays) => _timeline.Start.AddDays(-_random.Whole(fromDays, toDays));

    private DateTimeOffset During() => _timeline.Start.AddDays(_random.Whole(200, 850)).AddHours(6);

    private static string TitleIn(TeamPlan team) => team.Unit switch
    {
        "Accounts" => "Account Manager",
        "Projects" => "Project Manager",
        _ => "Service Coordinator",
    };

    public static string Lead(string teamKey) =>
        Key(Executives + PerTeam * Structure.Teams.TakeWhile(t => t.Key != teamKey).Count());

    private static string Key(int index) => $"hr:S-{index + 1:D2}";
}
