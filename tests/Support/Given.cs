using System.Globalization;
using Followthrough.Analytics.Facts;
using Calendar = Followthrough.Analytics.Facts.Calendar;

namespace Followthrough.Tests.Support;

/// <summary>
/// Facts with only what a test is about; everything else has a default. Times are ISO 8601 texts with an offset.
/// Keys that are not given are numbered, and every fact can be varied with <c>with</c>.
/// </summary>
internal static class Given
{
    internal const string LongAgo = "2020-01-01T00:00Z";

    private static int _keys;

    internal static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();

    internal static Account Account(string key, string at = LongAgo, string? name = null, string? calendar = null, string? region = null, string? segment = null) => new()
    {
        SourceKey = key,
        Account = key,
        OccurredAt = At(at),
        Name = name ?? $"Customer {key}",
        CalendarKey = calendar,
        Region = region,
        Segment = segment,
    };

    /// <summary>A message by e-mail unless said otherwise; outbound ones are from <paramref name="staff"/>.</summary>
    internal static Interaction Interaction(
        string account, string at, Direction direction = Direction.Inbound, InteractionKind kind = InteractionKind.Message, Channel channel = Channel.Email,
        string? contact = null, string? thread = null, string? staff = null, string? owner = null, string? key = null) => new()
        {
            SourceKey = key ?? NextKey("interaction"),
            Account = account,
            OccurredAt = At(at),
            Direction = direction,
            Kind = kind,
            Channel = channel,
            ContactKey = contact,
            ThreadKey = thread,
            StaffKey = staff,
            OwnerKey = owner,
        };

    /// <summary>The customer writes.</summary>
    internal static Interaction Inbound(string account, string at, string? contact = null, string? thread = null, string? owner = null, string? key = null) =>
        Interaction(account, at, Direction.Inbound, contact: contact, thread: thread, owner: owner, key: key);

    /// <summary>We write.</summary>
    internal static Interaction Outbound(string account, string at, string? contact = null, string? thread = null, string? staff = null, string? key = null) =>
        Interaction(account, at, Direction.Outbound, contact: contact, thread: thread, staff: staff, key: key);

    internal static Contact Contact(string account, string key, string at = LongAgo, Tier? tier = null) =>
        new() { SourceKey = key, Account = account, OccurredAt = At(at), Name = $"Contact {key}", Tier = tier };

    internal static Staff Staff(string key, string at = LongAgo, string? until = null) =>
        new() { SourceKey = key, OccurredAt = At(at), Name = $"Person {key}", EndedAt = AtOrNull(until) };

    internal static Team Team(string key, string? region = null) =>
        new() { SourceKey = key, OccurredAt = At(LongAgo), Name = $"Team {key}", Region = region };

    internal static TeamMembership Membership(string staff, string team, string from = LongAgo, string? until = null) => new()
    {
        SourceKey = $"{staff}/{team}/{from}",
        OccurredAt = At(from),
        StaffKey = staff,
        TeamKey = team,
        EndedAt = AtOrNull(until),
    };

    internal static AccountAssignment Assignment(
        string account, string staff, string from = LongAgo, string? until = null, AssignmentRole role = AssignmentRole.Owner) => new()
        {
            SourceKey = $"{account}/{staff}/{from}/{role}",
            Account = account,
            OccurredAt = At(from),
            StaffKey = staff,
            Role = role,
            EndedAt = AtOrNull(until),
        };

    internal static Calendar Calendar(string key, string zone) =>
        new() { SourceKey = key, OccurredAt = At(LongAgo), Name = $"Calendar {key}", TimeZone = zone };

    /// <summary>One open interval of an ISO weekday (1 Monday), in local hours.</summary>
    internal static CalendarHours Hours(string calendar, int weekday, double opens, double closes) => new()
    {
        SourceKey = FormattableString.Invariant($"{calendar}/{weekday}/{opens}"),
        OccurredAt = At(LongAgo),
        CalendarKey = calendar,
        Weekday = weekday,
        OpensMinute = (int)(opens * 60),
        ClosesMinute = (int)(closes * 60),
    };

    /// <summary>A calendar that is open from Monday to Friday.</summary>
    internal static Fact[] WorkingWeek(string calendar, string zone, double opens = 9, double closes = 17) =>
        [Calendar(calendar, zone), .. Enumerable.Range(1, 5).Select(day => Hours(calendar, day, opens, closes))];

    /// <summary>A closed day, or one with other hours.</summary>
    internal static SpecialDay SpecialDay(string calendar, string day, double? opens = null, double? closes = null) => new()
    {
        SourceKey = $"{calendar}/{day}",
        OccurredAt = At(LongAgo),
        CalendarKey = calendar,
        Day = DateOnly.Parse(day, CultureInfo.InvariantCulture),
        OpensMinute = (int?)(opens * 60),
        ClosesMinute = (int?)(closes * 60),
    };

    /// <summary>Somebody excused the commitment that <paramref name="subject"/> opened.</summary>
    internal static Disposition Disposition(
        string account, string subject, string at, string staff, string reason = "no response needed", string kind = "respond") => new()
        {
            SourceKey = $"{subject}/disposition/{at}",
            Account = account,
            OccurredAt = At(at),
            CommitmentKind = kind,
            SubjectKey = subject,
            Reason = reason,
            StaffKey = staff,
        };

    private static DateTimeOffset? AtOrNull(string? text) => text is null ? null : At(text);

    private static string NextKey(string fact) => $"test:{fact}-{Interlocked.Increment(ref _keys):D6}";
}
