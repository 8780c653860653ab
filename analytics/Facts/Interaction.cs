namespace Followthrough.Analytics.Facts;

/// <summary>One contact between a customer and us, on any channel, by a human or a machine; also a call nobody answered.</summary>
[StoredAs("interaction", Reach.FromOccurrence)]
public sealed record Interaction : AccountFact
{
    public required Channel Channel { get; init; }
    public required Direction Direction { get; init; }
    public required InteractionKind Kind { get; init; }

    /// <summary>The customer's person; null when the source does not know.</summary>
    public string? ContactKey { get; init; }

    /// <summary>Conversation, ticket or mail thread.</summary>
    public string? ThreadKey { get; init; }

    public string? ProjectKey { get; init; }

    /// <summary>Our person who sent, called or met; null for the customer's own messages.</summary>
    public string? StaffKey { get; init; }

    /// <summary>Our person responsible for the thread at that moment; null falls to the account's owner.</summary>
    public string? OwnerKey { get; init; }

    /// <summary>Sent by a machine: bot, auto-reply, out of office (Auto-Submitted other than "no").</summary>
    public bool Automatic { get; init; }

    /// <summary>Sent to many at once: never an answer to one.</summary>
    public bool Bulk { get; init; }

    /// <summary>The customer was talking to a bot; nobody waits for a human until a <see cref="InteractionKind.HandOff"/>.</summary>
    public bool ToBot { get; init; }

    /// <summary>Calls: whether a human was reached; null for other kinds.</summary>
    public bool? Connected { get; init; }

    /// <summary>Calls and meetings: seconds talked.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>Missed calls: why, in the phone system's terms.</summary>
    public MissedReason? MissedReason { get; init; }

    /// <summary>Calls: the customer's number, E.164.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>How often the customer was passed on during this contact; null when not measured.</summary>
    public int? Transfers { get; init; }

    public string? Subject { get; init; }
}

/// <summary>Who turned to whom. Internal is not visible to the customer.</summary>
public enum Direction { Inbound, Outbound, Internal }

/// <summary>What kind of contact it was. Hand-off and reopened are thread events that put a customer in front of a human again.</summary>
public enum InteractionKind { Message, Call, Voicemail, Meeting, Reaction, Note, HandOff, Reopened }

/// <summary>Why a call was not answered.</summary>
public enum MissedReason { NoAgentAnswered, AgentsBusy, OutOfHours, AbandonedInQueue, ShortAbandoned, Blocked, NumberWithheld }
