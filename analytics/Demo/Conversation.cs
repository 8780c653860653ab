using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>A thread of contacts: mail, chat, ticket.</summary>
internal sealed record Strand(string Key, Channel Channel, string? OwnerKey, string? ProjectKey, string Subject);

/// <summary>
/// Everything said between one customer and us, in the order of time. Steps are planned ahead or follow from earlier ones; each is
/// written when its time comes, so that who waits for us is known at every moment and nothing has to be worked out afterwards.
/// </summary>
internal sealed class Conversation(Customer customer)
{
    private readonly PriorityQueue<Action<DateTimeOffset>, (DateTimeOffset At, int Order)> _steps = new();
    private readonly Reviews _reviews = new(customer);
    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private int _planned;

    public Waiting Waiting { get; } = new();

    /// <summary>Called with every obligation that opens and the contact that opened it.</summary>
    public required Action<Obligation, Interaction> Opened { private get; set; }

    /// <summary>Something to do when that time has come.</summary>
    public void Later(DateTimeOffset at, Action<DateTimeOffset> step)
    {
        if (customer.Timeline.Has(at)) _steps.Enqueue(step, (Timeline.WholeSecond(at), _planned++));
    }

    /// <summary>A contact known in advance; its key can be referred to.</summary>
    public void Later(DateTimeOffset at, Interaction draft, Person person) => Later(at, now => Say(now, draft, person));

    /// <summary>Does every step in order, each in a second of its own.</summary>
    public void Run()
    {
        while (_steps.TryDequeue(out var step, out var due))
        {
            var now = due.At > _last ? due.At : _last.AddSeconds(1);
            if (!customer.Timeline.Has(now)) return;
            _last = now;
            step(now);
        }
    }

    /// <summary>Writes a contact that happens now. We never turn to a person we forgot.</summary>
    public void Say(DateTimeOffset now, Interaction draft, Person? person)
    {
        if (person is { Forgotten: true } && Waiting.Answers(draft)) return;
        var row = draft with { OccurredAt = now, SourceModifiedAt = customer.Stamp(now), ContactKey = person?.Key };
        if (row.OwnerKey is not null && customer.World.People.TeamOf(row.OwnerKey, now) is null) row = row with { OwnerKey = null };
        customer.Files.Add(row);
        _reviews.Look(row);
        Waiting.Answer(row);
        if (person is not null && Waiting.Answers(row)) person.Excused = false;
        var team = customer.World.People.TeamOf(row.OwnerKey ?? customer.Owners.At(now), now)!;
        if (Waiting.Ask(row, team) is { } obligation) Opened(obligation, row);
    }
}
