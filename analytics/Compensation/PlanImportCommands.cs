using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary><c>analytics pay import FILE…</c> and <c>analytics pay members PLAN FILE</c>: plans and whom they pay, from files.</summary>
internal static class PlanImportCommands
{
    public static Command Plans()
    {
        var files = new Argument<FileInfo[]>("file") { Description = "Plans, a YAML file each.", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string>("--from") { Description = "First day they hold: 2026-10-01.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why, for those it pays.", Required = true };
        var command = new Command("import", "Makes plans of files, or further versions of those there are; all of them or, when one has faults, none.") { files, from, reason };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => PlansAsync(
            store.DataSource, TimeProvider.System, [.. parsed.GetRequiredValue(files).Select(f => f.FullName)], parsed.GetRequiredValue(from), parsed.GetRequiredValue(reason), Console.Out, Console.Error, ct), ct));
        return command;
    }

    public static Command Members()
    {
        var plan = new Argument<string>("plan") { Description = "Id of the plan." };
        var file = new Argument<FileInfo>("file") { Description = $"CSV with the columns {string.Join(", ", PlanMemberFile.Columns)}; the last two can be empty." };
        var command = new Command("members", "Takes people into a plan. Good lines are taken, the others are named, exit code 1.") { plan, file };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(
            store => MembersAsync(store.DataSource, TimeProvider.System, parsed.GetRequiredValue(plan), parsed.GetRequiredValue(file).FullName, Console.Out, Console.Error, ct), ct));
        return command;
    }

    internal static async Task<int> PlansAsync(
        NpgsqlDataSource db, TimeProvider clock, IReadOnlyList<string> paths, string from, string reason, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (!DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return await SayAsync(errors, $"--from “{from}” is no day; expected one such as 2026-10-01.");
        var (plans, currency) = (new PayPlanStore(db, clock), (await Metrics.Company.ReadAsync(db, ct)).Currency);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (said, faults) = (new List<string>(), 0);
        foreach (var path in paths)
        {
            var name = Path.GetFileName(path);
            if (!File.Exists(path)) faults += await SayAsync(errors, $"There is no file {path}.");
            else if (PlanDocument.Read(await File.ReadAllTextAsync(path, ct), currency) is { Plan: null } broken)
                foreach (var fault in broken.Faults) faults += await SayAsync(errors, $"{name} {fault}");
            else faults += await AppendAsync(plans, connection, path, currency, day, reason, said, errors, ct);
        }
        if (faults > 0) return await SayAsync(errors, "Nothing was taken.");
        await transaction.CommitAsync(ct);
        foreach (var line in said) await output.WriteLineAsync(line);
        return 0;
    }

    internal static async Task<int> MembersAsync(NpgsqlDataSource db, TimeProvider clock, string plan, string path, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (!File.Exists(path)) return await SayAsync(errors, $"There is no file {path}.");
        using var reader = new StreamReader(path);
        var (name, members) = (Path.GetFileName(path), new PayMembers(db, clock));
        var read = await PlanMemberFile.ReadAsync(reader, name, ct);
        var problems = read.Problems.ToList();
        await using var connection = await db.OpenConnectionAsync(ct);
        foreach (var (line, member) in read.Lines)
        {
            // A line that is refused must not take the others with it.
            await using var transaction = await connection.BeginTransactionAsync(ct);
            try
            {
                await members.AddAsync(connection, plan, member.Staff, member.From, member.To, member.Incentive, Environment.UserName, ct);
                await transaction.CommitAsync(ct);
            }
            catch (PlanRefusedException refused)
            {
                problems.Add($"{name} line {line}: {refused.Message}");
            }
        }
        var taken = read.Lines.Count + read.Problems.Count - problems.Count;
        await output.WriteLineAsync(FormattableString.Invariant($"{taken} taken in, {problems.Count} could not be used."));
        foreach (var problem in problems) await errors.WriteLineAsync(problem);
        return problems.Count == 0 ? 0 : 1;
    }

    private static async Task<int> AppendAsync(
        PayPlanStore plans, NpgsqlConnection connection, string path, string? currency, DateOnly day, string reason, List<string> said, TextWriter errors, CancellationToken ct)
    {
        var text = await File.ReadAllTextAsync(path, ct);
        var plan = PlanDocument.Read(text, currency).Plan!;
        try
        {
            var expected = await plans.VersionsAsync(plan.Id, ct) is [var newest, ..] ? newest.Version : 0;
            await plans.AppendAsync(connection, text, currency, day, Environment.UserName, reason, expected, ct);
            said.Add(FormattableString.Invariant($"{plan.Id}: version {expected + 1}, from {day:yyyy-MM-dd}."));
            return 0;
        }
        catch (PlanRefusedException refused)
        {
            return await SayAsync(errors, $"{Path.GetFileName(path)}: {refused.Message}");
        }
    }

    private static async Task<int> SayAsync(TextWriter errors, string words)
    {
        await errors.WriteLineAsync(words);
        return 1;
    }
}
