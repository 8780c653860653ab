using System.Globalization;
using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Facts about what was sold, promised and done, with only what a test is about.</summary>
internal static class GivenWork
{
    internal static Project Project(string account, string key, string at = Given.LongAgo, string? manager = null) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(at),
        Name = $"Project {key}",
        ManagerKey = manager,
        ContractType = ContractType.FixedPrice,
    };

    internal static Milestone Milestone(string account, string key, string? accepted = null, string? cancelled = null, Party? by = null, string project = "pm:P") => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(Given.LongAgo),
        ProjectKey = project,
        Name = $"Milestone {key}",
        AcceptedAt = AtOrNull(accepted),
        CancelledAt = AtOrNull(cancelled),
        CancelledBy = by,
    };

    /// <summary>A date agreed at a moment. Later versions need a reason, an approver and the customer's acknowledgement to count.</summary>
    internal static MilestoneBaseline Baseline(
        string account, string milestone, int version, string at, string due, string? reason = null, string? approver = null, string? acknowledged = null) => new()
        {
            SourceKey = $"{milestone}/B{version}",
            Account = account,
            OccurredAt = Given.At(at),
            MilestoneKey = milestone,
            Version = version,
            DueOn = Day(due),
            Reason = reason,
            ApprovedByKey = approver,
            AcknowledgedAt = AtOrNull(acknowledged),
        };

    /// <summary>A promise of hr:Ann to crm:Pat, confirmed.</summary>
    internal static Promise Promise(string account, string key, string at, string due, string? done = null) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(at),
        Content = $"Promise {key}",
        OwnerKey = "hr:Ann",
        ContactKey = "crm:Pat",
        DueAt = Given.At(due),
        DoneAt = AtOrNull(done),
        ConfirmedByKey = "hr:Ann",
    };

    internal static ProposalRequest Request(string account, string key, string at, string? promised = null) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(at),
        ContactKey = "crm:Pat",
        OwnerKey = "hr:Ann",
        PromisedOn = promised is null ? null : Day(promised),
    };

    /// <summary>A complete proposal of 500 USD, sent by hr:Ann.</summary>
    internal static Proposal Proposal(string account, string key, string at, string? request) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(at),
        RequestKey = request,
        Complete = true,
        Amount = 500,
        Currency = "USD",
        SentByKey = "hr:Ann",
    };

    internal static Issue Issue(string account, string key, string at, Priority priority = Priority.Normal, string? contact = "crm:Pat", string? thread = null) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At(at),
        Title = $"Issue {key}",
        Priority = priority,
        ContactKey = contact,
        ThreadKey = thread,
        OwnerKey = "hr:Ann",
        Channel = Channel.Portal,
    };

    internal static IssueState State(string account, string issue, State state, string at) => new()
    {
        SourceKey = $"{issue}/{at}/{state}",
        Account = account,
        OccurredAt = Given.At(at),
        IssueKey = issue,
        State = state,
        StaffKey = "hr:Ann",
    };

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset? AtOrNull(string? text) => text is null ? null : Given.At(text);
}
