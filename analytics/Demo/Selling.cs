using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>From the request for a proposal to the order: requests, deals with forecasts, proposals, orders.</summary>
internal sealed class Selling(Customer customer, Conversation conversation, Drafts drafts)
{
    private const double RequestEveryDays = 178;
    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    public DateTimeOffset? LastOrder { get; private set; }

    /// <summary>The orders won, in the order of time of their requests.</summary>
    public IEnumerable<SalesOrder> Sell()
    {
        var at = customer.Begin;
        while (true)
        {
            at = at.AddDays(Random.Exponential(RequestEveryDays / customer.Size));
            if (!Timeline.Has(at) || customer.Fate.HasStopped(at)) yield break;
            if (Pursue(customer.Hours.Sometime(at, Random)) is { } order) yield return order;
        }
    }

    private SalesOrder? Pursue(DateTimeOffset requestedAt)
    {
        var owner = customer.Owners.At(requestedAt);
        var amount = Math.Round((decimal)Random.LogNormal(42_000, 0.9) / 50) * 50;
        var proposedAt = customer.Hours.Add(requestedAt, Random.LogNormal(46, 0.55));
        var decidedAt = customer.Hours.Sometime(proposedAt.AddDays(Random.LogNormal(20, 0.7)), Random);
        var won = Random.Chance(0.68) && !customer.Fate.HasStopped(decidedAt);
        var deal = new Deal
        {
            SourceKey = customer.NextKey("crm:D"),
            OccurredAt = requestedAt,
            SourceModifiedAt = Timeline.NotAfterEnd(decidedAt),
            Account = customer.Key,
            Name = Vocabulary.Job(Random),
            OwnerKey = owner,
            ContactKey = customer.Contacts.Core(0).Key,
            Amount = amount,
            Currency = customer.Currency,
            ExpectedCloseOn = Timeline.DayOf(requestedAt.AddDays(45)),
            Stage = !Timeline.Has(proposedAt) ? "qualification" : !Timeline.Has(decidedAt) ? "proposal" : won ? "won" : "lost",
            WonAt = won ? Timeline.Past(decidedAt) : null,
            LostAt = won ? null : Timeline.Past(decidedAt),
            LostReason = won || !Timeline.Has(decidedAt) ? null : Random.Pick(Vocabulary.LossReasons),
        };
        if (!Timeline.Has(requestedAt)) return null;
        customer.Files.Add(deal);
        Forecast(deal, requestedAt, decidedAt);
        Propose(deal, requestedAt, proposedAt, decidedAt, won);
        return won && Timeline.Has(decidedAt) ? Order(deal, decidedAt) : null;
    }

    private void Forecast(Deal deal, DateTimeOffset from, DateTimeOffset to)
    {
        var believed = deal.Amount!.Value * (decimal)Random.Real(0.8, 1.35);
        for (var (at, step) = (from.AddHours(2), 0); at < to && Timeline.Has(at) && step < 6; at = at.AddDays(Random.Real(10, 25)), step++)
        {
            believed += (deal.Amount.Value - believed) * 0.35m;
            customer.Files.Add(new DealForecast
            {
                SourceKey = customer.NextKey("crm:F"),
                OccurredAt = Timeline.WholeSecond(at),
                SourceModifiedAt = customer.Stamp(at),
                Account = customer.Key,
                DealKey = deal.SourceKey,
                Amount = Math.Round(believed, 0),
                Currency = customer.Currency,
                CloseOn = Timeline.DayOf(to.AddDays(Random.Normal() * 15)),
                Probability = Math.Round((decimal)Math.Min(0.95, 0.3 + 0.12 * step), 2),
            });
        }
    }

    private void Propose(Deal deal, DateTimeOffset requestedAt, DateTimeOffset proposedAt, DateTimeOffset decidedAt, bool won)
    {
        var noBid = !won && Random.Chance(0.2);
        var withdrawn = !won && !noBid && Random.Chance(0.12);
        var person = customer.Contacts.Core(0);
        var thread = drafts.Thread(Channel.Email, "Request for proposal: " + deal.Name);
        var question = drafts.Question(thread);
        conversation.Later(requestedAt, question, person);
        var request = new ProposalRequest
        {
            SourceKey = customer.NextKey("crm:R"),
            OccurredAt = requestedAt,
            SourceModifiedAt = noBid || withdrawn ? Timeline.NotAfterEnd(proposedAt) : customer.Stamp(requestedAt),
            Account = customer.Key,
            ContactKey = person.Key,
            DealKey = deal.SourceKey,
            OwnerKey = deal.OwnerKey,
            InteractionKey = question.SourceKey,
            PromisedOn = Random.Chance(0.7) ? Timeline.DayOf(requestedAt.AddDays(Random.Whole(7, 16))) : null,
            NoBidAt = noBid ? Timeline.Past(proposedAt) : null,
            WithdrawnAt = withdrawn ? Timeline.Past(proposedAt) : null,
        };
        customer.Files.Add(request);
        if (noBid || withdrawn || (!won && Random.Chance(0.1))) return;
        Send(request, deal, thread, proposedAt, 0, complete: !Random.Chance(0.06));
        if (Random.Chance(0.22)) Send(request, deal, thread, proposedAt + (decidedAt - proposedAt) * Random.Real(0.2, 0.8), 1, complete: true);
    }

    private void Send(ProposalRequest request, Deal deal, Strand thread, DateTimeOffset at, int revision, bool complete)
    {
        at = Timeline.WholeSecond(at);
        if (!Timeline.Has(at)) return;
        customer.Files.Add(new Proposal
        {
            SourceKey = customer.NextKey("crm:Q"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            RequestKey = request.SourceKey,
            DealKey = deal.SourceKey,
            Revision = revision,
            Complete = complete,
            Amount = deal.Amount,
            Currency = deal.Currency,
            SentByKey = deal.OwnerKey,
        });
        var letter = drafts.Reply(thread, customer.Owners.At(at)) with { Subject = "Proposal: " + deal.Name };
        conversation.Later(at, letter, customer.Contacts.Core(0));
    }

    private SalesOrder Order(Deal deal, DateTimeOffset at)
    {
        var first = LastOrder is null && customer.Since >= Timeline.Start;
        var cancelled = Random.Chance(0.015) ? Timeline.Past(at.AddDays(Random.Whole(5, 60))) : null;
        var order = new SalesOrder
        {
            SourceKey = customer.NextKey("erp:O"),
            OccurredAt = at,
            SourceModifiedAt = cancelled ?? customer.Stamp(at),
            Account = customer.Key,
            Number = $"SO-{customer.Number:D4}-{Random.Whole(100, 999)}",
            ContactKey = deal.ContactKey,
            DealKey = deal.SourceKey,
            RevenueClass = first ? RevenueClass.NewCustomer
                : Random.Pick((0.75, RevenueClass.Repeat), (0.23, RevenueClass.AddOn), (0.02, RevenueClass.Rework)),
            Amount = deal.Amount!.Value,
            Currency = customer.Currency,
            CancelledAt = cancelled,
        };
        if (LastOrder is null || at > LastOrder) LastOrder = at;
        return order;
    }
}
