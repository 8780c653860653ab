using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>Held lines that somebody decides to pay.</summary>
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
        var paid = await OneAsync(connection, ofRun, staff, ct);
        var held = paid?.Lines.Where(l => l.Component == component && l.State == LineState.Held).ToList() ?? [];
        if (held.Count == 0) throw new PayException("That line is not held.");
        if (await IsPaidAsync(connection, staff, ofRun, component, ct)) throw new PayException("That line was released already.");
        // Of a pool a line has a share, which the statement alone knows.
        var worth = paid!.Pool is null ? Sum(held, l => l.Amount) : null;
        if (amount is null && worth is null) throw new PayException("What the line comes to is not known: say how much is paid.");
        if (amount <= 0) throw new PayException("Expected an amount above zero.");
        var statement = await OneAsync(connection, draft.Id, staff, ct) ?? throw new PayException("The draft has no statement for this person: compute it again.");
        if ((paid.Pool?.HeldShare ?? Sum(held, l => l.Amount ?? l.Incentive * l.Weight * l.Proration)) is { } most && amount > PayDraft.Rounded(most, statement.Decimals))
            throw new PayException($"Expected at most {PayDraft.Rounded(most, statement.Decimals)}, which is what the line can come to; what is due beyond it is for a dispute to say.");
        bool IsOfLine(StatementAdjustment a) => a.Kind == AdjustmentKind.Release && a.OfRun == ofRun && a.Component == component;
        if (statement.Adjustments.Any(a => IsOfLine(a) && a.DecidedBy is null)) throw new PayException("That line is judged in this draft by its figure.");
        statement = statement with { Adjustments = [.. statement.Adjustments.Where(a => !IsOfLine(a))] };
        var line = new StatementAdjustment(
            AdjustmentKind.Release, ofRun, locked.Period.Label, component, reason, PayDraft.Rounded(amount ?? worth!.Value, statement.Decimals), [])
        { DecidedBy = by.Name };
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

    // Null where one of them is not known.
    private static decimal? Sum(IEnumerable<StatementLine> lines, Func<StatementLine, decimal?> amount) => lines.Select(amount).Aggregate((decimal?)0, (sum, one) => sum + one);

    private static async Task<bool> IsPaidAsync(NpgsqlConnection connection, string staff, long ofRun, string component, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select exists (select from pay_adjustment a join pay_run r using (run_id)
              where a.of_run_id = $1 and a.staff_key = $2 and a.of_component = $3 and a.kind = 'release' and r.state = 'locked')
            """, connection) { Parameters = { new() { Value = ofRun }, new() { Value = staff }, new() { Value = component } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
