using System.CommandLine;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary><c>analytics pay withdraw PLAN VERSION</c>: takes a version back that is still to begin.</summary>
internal static class PlanWithdrawCommand
{
    public static Command Create()
    {
        var plan = new Argument<string>("plan") { Description = "Id of the plan." };
        var version = new Argument<int>("version") { Description = "Number of the version." };
        var reason = new Option<string>("--reason") { Description = "Why, for those it would have paid.", Required = true };
        var command = new Command("withdraw", "Takes a version of a plan back whose first day is still to come. It is kept, and never in force.") { plan, version, reason };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(
            store.DataSource, TimeProvider.System, parsed.GetRequiredValue(plan), parsed.GetRequiredValue(version), parsed.GetRequiredValue(reason), Console.Out, Console.Error, ct), ct));
        return command;
    }

    internal static async Task<int> RunAsync(NpgsqlDataSource db, TimeProvider clock, string plan, int version, string reason, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var zone = (await Company.ReadAsync(db, ct)).Zone;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await new PayPlanStore(db, clock).WithdrawAsync(connection, plan, version, today, Environment.UserName, reason, ct);
            await transaction.CommitAsync(ct);
            await output.WriteLineAsync(FormattableString.Invariant($"{plan}: version {version} is withdrawn."));
            return 0;
        }
        catch (PlanRefusedException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
