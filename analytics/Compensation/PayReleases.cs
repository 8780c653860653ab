using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>Held lines that somebody decides: to pay them, or that they pay nothing.</summary>
internal static class PayReleases
{
    /// <summary>Adds the line to a draft's statement, in the place of what somebody decided of it in this draft before.</summary>
    /// <exception cref="PayException">The line is not held, was released before, it is not known how much, or it is more than was at stake.</exception>
    public static async Task AddAsync(
        NpgsqlConnection connection, PayRun draft, string staff, long ofRun, string component, decimal? amount, string reason, PayActor by, CancellationToken ct)
    {
        if (by.Staff == staff) throw new PayException("This line pays you: somebody else decides it.");
        var locked = await PayRunRows.FindAsync(connection, ofRun, ct);
        if (locked is not { State: PayRunState.Locked } || locked.Plan != draft.Plan) throw new PayException("There is no such locked run of the plan.");
        var paid = await OneAsync(connection, ofRun, staff, ct) ?? throw new PayException("That line is not held.");
        var worth = HeldWorth.Of(paid, component, await OthersAsync(connection, staff, ofRun, component, ct));
        if (await IsPaidAsync(connection, staff, ofRun, component, ct)) throw new PayException("That line was released already.");
        var statement = await OneAsync(connection, draft.Id, staff, ct) ?? Empty(paid, draft);
        var decided = worth.Decided(amount, statement.Decimals);
        bool IsOfLine(StatementAdjustment a) => a.Kind == AdjustmentKind.Release && a.OfRun == ofRun && a.Component == component;
        if (statement.Adjustments.Any(a => IsOfLine(a) && a.DecidedBy is null)) throw new PayException("That line is judged in this draft by its figure.");
        statement = statement with { Adjustments = [.. statement.Adjustments.Where(a => !IsOfLine(a))] };
        var line = new StatementAdjustment(AdjustmentKind.Release, ofRun, locked.Period.Label, component, reason, decided, []) { DecidedBy = by.Name };
        await PayRunRows.DoAsync(connection, "delete from pay_adjustment where run_id = $1 and staff_key = $2 and of_run_id = $3 and of_component = $4 and kind = 'release'", ct, draft.Id, staff, ofRun, component);
        await PayRunRows.DoAsync(connection, "delete from pay_statement where run_id = $1 and staff_key = $2", ct, draft.Id, staff);
        await PayRunRows.WriteAsync(connection, draft.Id, [statement with { Adjustments = [.. statement.Adjustments, line] }], ct);
        await PayRunRows.WriteAdjustmentsAsync(connection, draft.Id, [statement with { Adjustments = [line] }], ct);
    }

    private static async Task<PayStatement?> OneAsync(NpgsqlConnection connection, long run, string staff, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select document::text from pay_statement where run_id = $1 and staff_key = $2", connection) { Parameters = { new() { Value = run }, new() { Value = staff } } };
        return await command.ExecuteScalarAsync(ct) is string document ? PayJson.Read<PayStatement>(document) : null;
    }

    // Of who has left the plan since: he is in the draft by this line alone.
    private static PayStatement Empty(PayStatement paid, PayRun draft) =>
        paid with { Period = draft.Period.Label, AsOf = draft.AsOf, Segments = [], Earned = 0, Paid = 0, Pool = null, Own = 0, Adjustments = [], CarriedIn = 0, Held = 0 };

    // What runs pay, or will, for the other held lines of a statement.
    private static async Task<decimal> OthersAsync(NpgsqlConnection connection, string staff, long ofRun, string component, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select coalesce(sum(a.amount), 0) from pay_adjustment a join pay_run r using (run_id)
            where a.of_run_id = $1 and a.staff_key = $2 and a.of_component <> $3 and a.kind = 'release' and r.state <> 'abandoned'
            """, connection) { Parameters = { new() { Value = ofRun }, new() { Value = staff }, new() { Value = component } } };
        return (decimal)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<bool> IsPaidAsync(NpgsqlConnection connection, string staff, long ofRun, string component, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select exists (select from pay_adjustment a join pay_run r using (run_id)
              where a.of_run_id = $1 and a.staff_key = $2 and a.of_component = $3 and a.kind = 'release' and r.state = 'locked')
            """, connection) { Parameters = { new() { Value = ofRun }, new() { Value = staff }, new() { Value = component } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
