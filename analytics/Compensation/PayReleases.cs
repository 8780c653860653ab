using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>Held lines that somebody decides to pay.</summary>
internal static class PayReleases
{
    /// <summary>Adds the line to a draft's statement.</summary>
    /// <exception cref="PayException">The line is not held, was released before, or it is not known how much.</exception>
    public static async Task AddAsync(
        NpgsqlConnection connection, PayRun draft, string staff, long ofRun, string component, decimal? amount, string reason, PayActor by, CancellationToken ct)
    {
        if (by.Staff == staff) throw new PayException("This line pays you: somebody else decides it.");
        var locked = await PayRunRows.FindAsync(connection, ofRun, ct);
        if (locked is not { State: PayRunState.Locked } || locked.Plan != draft.Plan) throw new PayException("There is no such locked run of the plan.");
        var held = (await OneAsync(connection, ofRun, staff, ct))?.Lines.Where(l => l.Component == component && l.State == LineState.Held).ToList() ?? [];
        if (held.Count == 0) throw new PayException("That line is not held.");
        if (await IsReleasedAsync(connection, draft.Id, staff, ofRun, component, ct)) throw new PayException("That line was released already.");
        if (amount is null && held.Exists(l => l.Amount is null)) throw new PayException("What the line comes to is not known: say how much is paid.");
        if (amount <= 0) throw new PayException("Expected an amount above zero.");
        var statement = await OneAsync(connection, draft.Id, staff, ct) ?? throw new PayException("The draft has no statement for this person: compute it again.");
        var line = new StatementAdjustment(
            AdjustmentKind.Release, ofRun, locked.Period.Label, component, reason, PayDraft.Rounded(amount ?? held.Sum(l => l.Amount!.Value), statement.Decimals), [])
        { DecidedBy = by.Name };
        await PayRunRows.DoAsync(connection, "delete from pay_statement where run_id = $1 and staff_key = $2", ct, draft.Id, staff);
        await PayRunRows.WriteAsync(connection, draft.Id, [statement with { Adjustments = [.. statement.Adjustments, line] }], ct);
        await PayRunRows.WriteAdjustmentsAsync(connection, draft.Id, [statement with { Adjustments = [line] }], ct);
    }

    private static async Task<PayStatement?> OneAsync(NpgsqlConnection connection, long run, string staff, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select document::text from pay_statement where run_id = $1 and staff_key = $2", connection) { Parameters = { new() { Value = run }, new() { Value = staff } } };
        return await command.ExecuteScalarAsync(ct) is string document ? PayJson.Read<PayStatement>(document) : null;
    }

    private static async Task<bool> IsReleasedAsync(NpgsqlConnection connection, long draft, string staff, long ofRun, string component, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select exists (select from pay_adjustment a join pay_run r using (run_id)
              where a.of_run_id = $1 and a.staff_key = $2 and a.of_component = $3 and a.kind = 'release' and (r.state = 'locked' or r.run_id = $4))
            """, connection) { Parameters = { new() { Value = ofRun }, new() { Value = staff }, new() { Value = component }, new() { Value = draft } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
