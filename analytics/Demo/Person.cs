using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Somebody at a customer, and how we stand with them while history is generated.</summary>
internal sealed class Person
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Phone { get; init; }
    public required Tier Tier { get; init; }
    public required Channel? Preferred { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>The people we plan our contacts with; nobody forgets them for good.</summary>
    public required bool Core { get; init; }

    public bool DoNotContact { get; init; }

    /// <summary>Set when their question will never be answered: we never turn to them again, and they write no more.</summary>
    public bool Forgotten { get; set; }

    /// <summary>Their last word was excused; they say nothing more before they hear from us.</summary>
    public bool Excused { get; set; }

    public DateTimeOffset? LeftAt { get; set; }

    public bool MayWrite => !Forgotten && !Excused;
}
