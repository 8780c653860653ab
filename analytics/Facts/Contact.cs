namespace Followthrough.Analytics.Facts;

/// <summary>A person at the customer.</summary>
[StoredAs("contact", Reach.WholeAccount)]
public sealed record Contact : AccountFact
{
    public required string Name { get; init; }
    public string? Title { get; init; }
    public string? Email { get; init; }

    /// <summary>E.164 where the source allows it.</summary>
    public string? Phone { get; init; }

    /// <summary>Stakeholder tier that the communication plan speaks of.</summary>
    public Tier? Tier { get; init; }

    /// <summary>The channel the person asked for; null when none was stated.</summary>
    public Channel? PreferredChannel { get; init; }

    public bool DoNotContact { get; init; }

    /// <summary>When the person left the customer.</summary>
    public DateTimeOffset? LeftAt { get; init; }
}

/// <summary>Stakeholder tier of a contact.</summary>
public enum Tier { Executive, Management, Operations, Technical }
