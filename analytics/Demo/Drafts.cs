using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Contacts of one customer before they happen: who turns to whom, how and about what, each with its source key.</summary>
internal sealed class Drafts(Customer customer)
{
    private readonly Dictionary<string, Strand> _threads = [];

    public Strand Thread(Channel channel, string subject, string? owner = null, string? project = null)
    {
        var thread = new Strand(customer.NextKey(Source(channel) + ":T"), channel, owner, project, subject);
        _threads.Add(thread.Key, thread);
        return thread;
    }

    /// <summary>The thread of a contact; null for calls.</summary>
    public Strand? ThreadOf(Interaction row) => row.ThreadKey is null ? null : _threads[row.ThreadKey];

    public Interaction Question(Strand thread) => Of(thread, Direction.Inbound) with { OwnerKey = thread.OwnerKey };

    public Interaction Reply(Strand thread, string staff) => Of(thread, Direction.Outbound) with
    {
        StaffKey = staff,
        Subject = thread.Channel == Channel.Email ? "Re: " + thread.Subject : thread.Subject,
    };

    public Interaction Acknowledgement(Strand thread) => Of(thread, Direction.Outbound) with
    {
        Automatic = true,
        Subject = "We have received your message: " + thread.Subject,
    };

    public Interaction Note(Strand thread, string staff) => Of(thread, Direction.Internal) with { Kind = InteractionKind.Note, StaffKey = staff };

    public Interaction Reaction(Strand thread) => Of(thread, Direction.Inbound) with { Kind = InteractionKind.Reaction };

    public Interaction HandOff(Strand thread) => Of(thread, Direction.Internal) with
    {
        Kind = InteractionKind.HandOff,
        OwnerKey = thread.OwnerKey,
        Transfers = 1,
    };

    public Interaction Message(Channel channel, string staff, string subject, string? project = null) =>
        Reply(Thread(channel, subject, project: project), staff) with { Subject = subject };

    /// <summary>A call of ours.</summary>
    public Interaction CallOut(Person person, string staff, bool connected, int seconds, string? project = null) => Call(person, Direction.Outbound) with
    {
        StaffKey = staff,
        Connected = connected,
        DurationSeconds = seconds,
        ProjectKey = project,
    };

    public Interaction VoicemailLeft(Person person, string staff) =>
        Call(person, Direction.Outbound) with { Kind = InteractionKind.Voicemail, StaffKey = staff, DurationSeconds = customer.Random.Whole(12, 60) };

    /// <summary>A call of theirs that somebody took.</summary>
    public Interaction CallTaken(Person person, string staff) => Call(person, Direction.Inbound) with
    {
        StaffKey = staff,
        Connected = true,
        DurationSeconds = customer.Random.Whole(35, 1500),
        Transfers = customer.Random.Pick((0.75, 0), (0.18, 1), (0.05, 2), (0.02, 3)),
    };

    public Interaction CallMissed(Person? person, MissedReason reason) => Call(person, Direction.Inbound) with
    {
        Connected = false,
        DurationSeconds = reason == MissedReason.ShortAbandoned ? customer.Random.Whole(2, 8) : customer.Random.Whole(15, 120),
        MissedReason = reason,
    };

    public Interaction VoicemailReceived(Person person) =>
        Call(person, Direction.Inbound) with { Kind = InteractionKind.Voicemail, DurationSeconds = customer.Random.Whole(10, 90) };

    public Interaction Meeting(string staff, string subject, string? project = null) => Of(Channel.Meeting, Direction.Outbound) with
    {
        Kind = InteractionKind.Meeting,
        StaffKey = staff,
        DurationSeconds = 900 * customer.Random.Whole(1, 6),
        ProjectKey = project,
        Subject = subject,
    };

    private Interaction Call(Person? person, Direction direction) => Of(Channel.Phone, direction) with
    {
        Kind = InteractionKind.Call,
        PhoneNumber = person?.Phone,
    };

    private Interaction Of(Strand thread, Direction direction) => Of(thread.Channel, direction) with
    {
        ThreadKey = thread.Key,
        ProjectKey = thread.ProjectKey,
        Subject = thread.Subject,
    };

    private Interaction Of(Channel channel, Direction direction) => new()
    {
        SourceKey = customer.NextKey(Source(channel) + ":M"),
        OccurredAt = customer.Begin,
        Account = customer.Key,
        Channel = channel,
        Direction = direction,
        Kind = InteractionKind.Message,
    };

    private static string Source(Channel channel) => channel switch
    {
        Channel.Email => "mail",
        Channel.Phone => "phone",
        Channel.Sms => "sms",
        Channel.Chat => "chat",
        Channel.Portal => "desk",
        Channel.Meeting => "cal",
        Channel.Letter => "post",
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };
}
