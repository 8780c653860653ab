using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Followthrough.Ingest.Identity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>Which accounts of different systems are one customer: what was found, what was merged, and keys nobody knows.</summary>
internal static class IdentityEndpoint
{
    internal const string Path = DataEndpoint.Path + "/identity";
    internal const string MergePath = Path + "/merge";
    internal const string RejectPath = Path + "/reject";
    internal const string PartPath = Path + "/part";
    internal const string AdoptPath = Path + "/adopt";
    internal const int MatchesOnPage = 20;

    private const int MostKeys = 50;

    internal static void MapIdentity(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, (PageFrame frame, NpgsqlDataSource db, AccountMatches matches, AccountMerges merges, CancellationToken cancellation) =>
            ShowAsync(frame, db, matches, merges, null, null, cancellation));
        var desk = pages.MapGroup("").Needs(Right.Mend);
        desk.MapPost(MergePath, (PageFrame frame, NpgsqlDataSource db, AccountMatches matches, AccountMerges merges, AccessLog log, [FromForm] long id, [FromForm] string stays, CancellationToken cancellation) =>
            ActAsync(frame, db, matches, merges, log, async () => Merged(await matches.AcceptAsync(id, stays, frame.Viewer.Name, cancellation)), cancellation));
        desk.MapPost(RejectPath, (PageFrame frame, NpgsqlDataSource db, AccountMatches matches, AccountMerges merges, AccessLog log, [FromForm] long id, CancellationToken cancellation) =>
            ActAsync(frame, db, matches, merges, log, async () =>
            {
                await matches.RejectAsync(id, frame.Viewer.Name, cancellation);
                return "They stay two customers. The pair comes back only if what speaks for it changes.";
            }, cancellation));
        desk.MapPost(PartPath, (PageFrame frame, NpgsqlDataSource db, AccountMatches matches, AccountMerges merges, AccessLog log, [FromForm] string key, CancellationToken cancellation) =>
            ActAsync(frame, db, matches, merges, log, async () => Parted(await merges.UnmergeAsync(key, frame.Viewer.Name, "undone on the Identity page", cancellation)), cancellation));
        desk.MapPost(AdoptPath, (PageFrame frame, NpgsqlDataSource db, AccountMatches matches, AccountMerges merges, AccessLog log, [FromForm] string key, [FromForm] string account, CancellationToken cancellation) =>
            ActAsync(frame, db, matches, merges, log, async () => Merged(await merges.MergeAsync(
                new MergeRequest { Key = key, Into = account.Trim(), By = frame.Viewer.Name, Reason = "said to be this account on the Identity page" }, cancellation)), cancellation));
    }

    private static async Task<IResult> ActAsync(
        PageFrame frame, NpgsqlDataSource db, AccountMatches matches, AccountMerges merges, AccessLog log, Func<Task<string>> act, CancellationToken cancellation)
    {
        try
        {
            var done = await act();
            await log.WriteAsync(frame.Viewer.Name, LoggedAction.IdentityDecided, "customers", null, done, cancellation);
            return await ShowAsync(frame, db, matches, merges, done, null, cancellation);
        }
        catch (IdentityException e)
        {
            return await ShowAsync(frame, db, matches, merges, null, e.Message, cancellation);
        }
    }

    private static async Task<IResult> ShowAsync(
        PageFrame frame, NpgsqlDataSource db, AccountMatches matches, AccountMerges merges, string? done, string? problem, CancellationToken cancellation)
    {
        var (found, total) = await matches.ReadAsync(MatchesOnPage, (frame.Query.Page - 1) * MatchesOnPage, cancellation);
        var (keys, allKeys) = await UnknownKey.ReadAsync(db, MostKeys, cancellation);
        return Screen.Of<IdentityPage>(new IdentityModel(
            frame, found, total, await merges.ListAsync(all: false, cancellation), keys, allKeys, await UnnamedBuyer.ReadAsync(db, cancellation), done, problem));
    }

    private static string Merged(MergeReport report) =>
        $"{report.Key} is {report.Into} now: {Figures.Count(report.Facts, "fact", "facts")} moved"
        + (report.Released > 0 ? $", {Figures.Count(report.Released, "that had waited is in", "that had waited are in")}." : ".") + " It can be undone below.";

    private static string Parted(MergeReport report) => $"{report.Key} is a customer of its own again, with {Figures.Count(report.Facts, "fact", "facts")} that were under {report.Into}.";
}

/// <summary>What the Identity page draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Matches">Pairs that wait for a decision, the surest first.</param>
/// <param name="AllMatches">How many there are.</param>
/// <param name="Merges">The merges that stand.</param>
/// <param name="Keys">Keys that facts wait for.</param>
/// <param name="AllKeys">How many there are.</param>
/// <param name="Unnamed">Accounts that stand for buyers nobody named.</param>
/// <param name="Done">What was just done, in a sentence; null when nothing was.</param>
/// <param name="Problem">Why something could not be done; null when nothing failed.</param>
public sealed record IdentityModel(
    PageFrame Frame, IReadOnlyList<AccountMatch> Matches, long AllMatches, IReadOnlyList<AccountMerge> Merges, IReadOnlyList<UnknownKey> Keys, long AllKeys,
    IReadOnlyList<UnnamedBuyer> Unnamed, string? Done, string? Problem);
