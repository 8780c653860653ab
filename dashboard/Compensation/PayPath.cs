using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Addresses of what is about pay, and who acts on it.</summary>
internal static class PayPath
{
    internal const string Home = "/pay";
    internal const string Runs = Home + "/runs";
    internal const string Disputes = Home + "/disputes";

    internal static string Run(long run) => FormattableString.Invariant($"{Runs}/{run}");

    internal static string Statement(long run, string staff) => $"{Run(run)}/{CommitmentPath.Encode(staff)}";

    internal static string Dispute(long dispute) => FormattableString.Invariant($"{Disputes}/{dispute}");

    /// <summary>What a printed statement is called: whose it is, of which plan and when.</summary>
    internal static string FileOf(LockedStatement found) => $"statement-{Plain(found.Statement.StaffName)}-{found.Run.Plan}-{found.Run.Period.Label}.pdf";

    // Letters and digits of any language, since names are written in all of them.
    private static string Plain(string name) => string.Join('-', string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether he reviews runs and answers disputes: a manager for his people, and who may approve.</summary>
    internal static bool MayReview(this SignedIn who) => who.Pay.Teams.Count > 0 || who.May(Right.ApprovePay);

    /// <inheritdoc cref="MayReview(SignedIn)"/>
    internal static bool MayReview(this PageFrame frame) => frame.Who.MayReview();

    /// <summary>Who asks, as pay keeps who did what.</summary>
    internal static PayActor Actor(this SignedIn who) => new(who.Viewer.Name, who.Id, who.StaffKey);

    /// <inheritdoc cref="Actor(SignedIn)"/>
    internal static PayActor Actor(this PageFrame frame) => frame.Who.Actor();
}
