namespace Followthrough.Analytics.Demo;

/// <summary>The whole history of one customer: what is planned first, then the conversation in which it happens.</summary>
internal static class History
{
    public static void Write(World world, int number)
    {
        var customer = new Customer(world, number);
        var drafts = new Drafts(customer);
        Answering answering = null!;
        var conversation = new Conversation(customer)
        {
            Opened = (obligation, row) =>
            {
                var person = customer.Contacts.Named(row.ContactKey!);
                if (!person.Excused) answering.Face(obligation, row, person, drafts.ThreadOf(row));
            },
        };
        answering = new Answering(customer, conversation, drafts) { Turns = new Turns(customer, conversation, drafts) };

        var lastOrder = Trade(customer, conversation, drafts, out var inquiries);
        new Cadence(customer, conversation, drafts).Plan();
        new Arrivals(customer, conversation, drafts, inquiries).Plan();
        conversation.Run();

        customer.Write();
        world.Truth.Add(customer, conversation.Waiting.All);
        world.Truth.Planted.Met(customer, lastOrder);
    }

    private static DateTimeOffset? Trade(Customer customer, Conversation conversation, Drafts drafts, out Inquiries inquiries)
    {
        var selling = new Selling(customer, conversation, drafts);
        var delivery = new Delivery(customer, new Milestones(customer, conversation, drafts));
        var billing = new Billing(customer, new Invoicing(customer));
        var (reports, promises) = (new StatusReports(customer), new Promises(customer));
        var (costs, audits) = (new Costs(customer), new Audits(customer));
        var surveys = new Surveys(customer, conversation, drafts);
        inquiries = new Inquiries(customer, conversation, drafts) { Jobs = delivery.Jobs };
        var issues = new Issues(customer, conversation, drafts, inquiries);
        foreach (var order in selling.Sell())
        {
            if (delivery.Deliver(order) is not { } job) continue;
            billing.Bill(job);
            costs.Write(job);
            audits.Write(job);
            reports.Write(job);
            promises.Write(job);
            issues.Raise(job, surveys.AfterIssue);
            surveys.AfterProject(job);
        }

        surveys.EveryYear();
        return selling.LastOrder;
    }
}
