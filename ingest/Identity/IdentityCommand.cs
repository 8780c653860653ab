using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Identity;

/// <summary><c>ingest identity merge KEY INTO KEY | unmerge KEY | list | match | review | accept ID | reject ID | unknown</c>.</summary>
internal static class IdentityCommand
{
    private static readonly Option<string> By = new("--by") { Description = "Who decides it.", DefaultValueFactory = _ => Environment.UserName };

    public static Command Create() =>
        new("identity", "Which accounts of different systems are one customer. Exit code 0 done, 2 refused or not possible.")
        {
            Merge(), Unmerge(), List(), Match(), Review(), Accept(), Reject(), Unknown(),
        };

    private static Command Merge()
    {
        var keys = new Argument<string[]>("KEY into KEY") { Description = "The account that is merged, and the one that stays.", Arity = new ArgumentArity(3, 3) };
        var reason = Reason("Why they are one customer.");
        return Acting(new Command("merge", "Makes an account a further key of another: all its facts, and those to come, are the other's.") { keys, By, reason }, async (store, parsed, ct) =>
        {
            var words = parsed.GetValue(keys)!;
            if (!words[1].Equals("into", StringComparison.OrdinalIgnoreCase)) throw new IdentityException($"Expected KEY into KEY, not {string.Join(' ', words)}.");
            var made = await new AccountMerges(store.DataSource, TimeProvider.System).MergeAsync(
                new MergeRequest { Key = words[0], Into = words[2], By = parsed.GetValue(By)!, Reason = parsed.GetValue(reason)! }, ct);
            Console.WriteLine($"{made.Key} is {made.Into} now: {N(made.Facts)} facts moved, {N(made.Released)} that had waited are in. Undo: ingest identity unmerge {made.Key}");
        });
    }

    private static Command Unmerge()
    {
        var key = new Argument<string>("key") { Description = "The account that was merged." };
        var reason = Reason("Why they are not one customer.");
        return Acting(new Command("unmerge", "Parts a merged account again, with the facts that name it, also those that came since.") { key, By, reason }, async (store, parsed, ct) =>
        {
            var undone = await new AccountMerges(store.DataSource, TimeProvider.System).UnmergeAsync(parsed.GetValue(key)!, parsed.GetValue(By)!, parsed.GetValue(reason)!, ct);
            Console.WriteLine($"{undone.Key} is a customer of its own again, with {N(undone.Facts)} facts that were under {undone.Into}.");
        });
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Those that were undone too." };
        return Acting(new Command("list", "The merges that stand, with who made them and why.") { all }, async (store, parsed, ct) =>
        {
            var merges = await new AccountMerges(store.DataSource, TimeProvider.System).ListAsync(parsed.GetValue(all), ct);
            foreach (var merge in merges) Console.WriteLine(Line(merge));
            if (merges.Count == 0) Console.WriteLine("No accounts are merged.");
        });
    }

    private static Command Match()
    {
        var all = new Option<bool>("--all") { Description = "All accounts anew, not only those that changed." };
        return Acting(new Command("match", "Compares accounts that are new or changed with the others. Loading does so by itself.") { all }, async (store, parsed, ct) =>
        {
            var matching = new Matching(store.DataSource, TimeProvider.System);
            var report = parsed.GetValue(all) ? await matching.RunAllAsync(ct) : await matching.RunAsync(ct);
            Console.WriteLine($"{N(report.Compared)} accounts compared: {N(report.Merged)} merged, {N(report.Waiting)} found that wait for a decision.");
        });
    }

    private static Command Review() =>
        Acting(new Command("review", "Accounts that may be one customer and wait for a decision, with what speaks for and against it."), async (store, _, ct) =>
        {
            const int Most = 100;
            var (matches, total) = await new AccountMatches(store.DataSource, TimeProvider.System).ReadAsync(Most, 0, ct);
            foreach (var match in matches) Print(match);
            if (total == 0) Console.WriteLine("No accounts wait for a decision.");
            else if (total > matches.Count) Console.WriteLine($"… and {N(total - matches.Count)} more.");
        });

    private static Command Accept()
    {
        var id = new Argument<long>("id") { Description = "The number that review shows." };
        var keep = new Option<string?>("--keep") { Description = "Key of the account that stays; the one known longest when left out." };
        return Acting(new Command("accept", "Merges two accounts of the review list.") { id, keep, By }, async (store, parsed, ct) =>
        {
            var made = await new AccountMatches(store.DataSource, TimeProvider.System).AcceptAsync(parsed.GetValue(id), parsed.GetValue(keep), parsed.GetValue(By)!, ct);
            Console.WriteLine($"{made.Key} is {made.Into} now: {N(made.Facts)} facts moved. Undo: ingest identity unmerge {made.Key}");
        });
    }

    private static Command Reject()
    {
        var id = new Argument<long>("id") { Description = "The number that review shows." };
        return Acting(new Command("reject", "Says that two accounts of the review list are two customers.") { id, By }, async (store, parsed, ct) =>
        {
            await new AccountMatches(store.DataSource, TimeProvider.System).RejectAsync(parsed.GetValue(id), parsed.GetValue(By)!, ct);
            Console.WriteLine("They stay two. They come back only if what speaks for it changes.");
        });
    }

    private static Command Unknown() =>
        Acting(new Command("unknown", "Keys that facts name and no account has. 'merge KEY into ACCOUNT' says whose they are."), async (store, _, ct) =>
        {
            const int Most = 100;
            var (keys, total) = await UnknownKey.ReadAsync(store.DataSource, Most, ct);
            foreach (var key in keys) Console.WriteLine($"{key.Key}  {N(key.Facts)} facts wait{(key.Candidate is null ? "" : $"; perhaps {key.Candidate} ({key.CandidateName}), which {key.Why}")}");
            if (total == 0) Console.WriteLine("No fact waits for an account.");
            else if (total > keys.Count) Console.WriteLine($"… and {N(total - keys.Count)} more keys.");
        });

    private static void Print(AccountMatch match)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{match.Id}  {match.Score:P0}  {match.One.Key} ({match.One.Name}) and {match.Other.Key} ({match.Other.Name})"));
        foreach (var words in match.For) Console.WriteLine($"      + {words}");
        foreach (var words in match.Against) Console.WriteLine($"      - {words}");
    }

    private static string Line(AccountMerge merge) => string.Create(CultureInfo.InvariantCulture,
        $"{merge.MergedAt:yyyy-MM-dd HH:mm}Z  {merge.Key}{Named(merge.Name)} into {merge.Into}{Named(merge.IntoName)}, {merge.Facts:N0} facts, by {merge.By}: {merge.Reason}")
        + (merge.UndoneAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"  (undone {at:yyyy-MM-dd HH:mm}Z by {merge.UndoneBy})") : "");

    private static string Named(string? name) => name is null ? "" : $" ({name})";

    private static Option<string> Reason(string description) => new("--reason") { Description = description, Required = true };

    private static Command Acting(Command command, Func<AnalyticsStore, ParseResult, CancellationToken, Task> act)
    {
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(
            async store =>
            {
                try
                {
                    await act(store, parsed, ct);
                    return 0;
                }
                catch (Exception e) when (e is IdentityException or NpgsqlException)
                {
                    await Console.Error.WriteLineAsync(e.Message);
                    return StoreCommand.Failed;
                }
            }, ct));
        return command;
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
