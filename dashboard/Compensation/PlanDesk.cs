using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Changes plans, members and splits: a change and its entry in the log are one transaction.</summary>
internal sealed class PlanDesk(NpgsqlDataSource db, AccessLog log)
{
    internal const string PlanChanged = "pay_plan_changed", MembersChanged = "pay_members_changed", SplitChanged = "credit_split_changed";

    /// <summary>Why it was refused, in a sentence; null when it was done.</summary>
    /// <param name="who">Sign-in name.</param>
    /// <param name="action">The log's verb.</param>
    /// <param name="change">What to do, within a transaction; several changes are done all or none.</param>
    /// <param name="ct">Nothing is changed when it is cancelled.</param>
    internal async Task<string?> DoAsync(string who, string action, Func<NpgsqlConnection, Task<IReadOnlyList<PlanChange>>> change, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            foreach (var done in await change(connection)) await log.WriteAsync(connection, who, action, done.Subject, done.Before, done.After, ct);
            await transaction.CommitAsync(ct);
            return null;
        }
        catch (PlanRefusedException refused)
        {
            return refused.Message;
        }
    }
}
