using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>A stretch in which somebody waited for us.</summary>
internal sealed class Obligation
{
    public required string OpeningKey { get; init; }
    public required string TeamKey { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The thread it opened on; null for calls.</summary>
    public string? ThreadKey { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }
    public bool Excused { get; set; }
}

/// <summary>Who of a customer's people is waiting for us, kept while its contacts happen one after the other.</summary>
internal sealed class Waiting
{
    private readonly Dictionary<string, Obligation> _open = [];
    private readonly List<Obligation> _all = [];

    public IReadOnlyList<Obligation> All => _all;

    public bool IsWaiting(Person person) => _open.ContainsKey(person.Key);

    /// <summary>The obligation that the contact opens, or null: not every contact asks for an answer, and nobody waits twice.</summary>
    public Obligation? Ask(Interaction row, string teamKey)
    {
        if (row.ContactKey is null || !PutsInFrontOfUs(row) || _open.ContainsKey(row.ContactKey)) return null;
        var obligation = new Obligation
        {
            OpeningKey = row.SourceKey,
            TeamKey = teamKey,
            OpenedAt = row.OccurredAt,
            ThreadKey = row.ThreadKey,
        };
        _open.Add(row.ContactKey, obligation);
        _all.Add(obligation);
        return obligation;
    }

    /// <summary>Ends the waiting of the contact we answered, and of colleagues who asked on the same thread.</summary>
    public void Answer(Interaction row)
    {
        if (!Answers(row)) return;
        foreach (var (contact, obligation) in _open)
        {
            var sameThread = row.ThreadKey is not null && obligation.ThreadKey == row.ThreadKey;
            if (contact != row.ContactKey && !sameThread) continue;
            obligation.AnsweredAt = row.OccurredAt;
            _open.Remove(contact);
        }
    }

    public static bool Answers(Interaction row) => row is { Automatic: false, Bulk: false } && row.Kind switch
    {
        InteractionKind.Message or InteractionKind.Voicemail => row.Direction == Direction.Outbound,
        InteractionKind.Call => row is { Direction: Direction.Outbound, Connected: true, DurationSeconds: >= 30 },
        InteractionKind.Meeting => row.Direction != Direction.Internal,
        _ => false,
    };

    private static bool PutsInFrontOfUs(Interaction row) => row.Kind switch
    {
        InteractionKind.HandOff => true,
        _ when row.Direction != Direction.Inbound || row.Automatic || row.Bulk || row.ToBot => false,
        InteractionKind.Message or InteractionKind.Voicemail => true,
        InteractionKind.Call => row is
        {
            Connected: false, MissedReason: not (MissedReason.ShortAbandoned or MissedReason.Blocked or MissedReason.NumberWithheld)
        },
        _ => false,
    };
}
