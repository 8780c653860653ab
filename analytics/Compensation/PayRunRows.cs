using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Reads and writes a run's rows within the caller's transaction.</summary>
internal static class PayRunRows
{
    private const string Columns = "run_id, plan_id, period, from_day, to_day, state, as_of, versions, control_total, control_rows, hash";

    public static Task<IReadOnlyList<PayRun>> OfPlanAsync(NpgsqlConnection connection, string plan, CancellationToken ct) =>
        ReadAsync(new NpgsqlCommand($"select {Columns} from pay_run where plan_id = $1 and state <> 'abandoned' order by from_day", connection) { Parameters = { new() { Value = plan } } }, ct);

    /// <summary>The run, which nobody else changes until the transaction ends.</summary>
    /// <exception cref="PayException">There is none.</exception>
    public static async Task<PayRun> LockAsync(NpgsqlConnection connection, long run, CancellationToken ct) =>
        (await ReadAsync(new NpgsqlCommand($"select {Columns} from pay_run where run_id = $1 for update", connection) { Parameters = { new() { Value = run } } }, ct)).SingleOrDefault()
        ?? throw new PayException("There is no such pay run.");

    public static async Task<PayRun?> FindAsync(NpgsqlConnection connection, long run, CancellationToken ct) =>
        (await ReadAsync(new NpgsqlCommand($"select {Columns} from pay_run where run_id = $1", connection) { Parameters = { new() { Value = run } } }, ct)).SingleOrDefault();

    public static async Task<IReadOnlyList<PayStep>> StepsAsync(NpgsqlConnection connection, long run, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select step, at, by_name, by_user, by_staff, staff_key, words from pay_step where run_id = $1 order by step_id", connection)
        { Parameters = { new() { Value = run } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var steps = new List<PayStep>();
        while (await row.ReadAsync(ct))
            steps.Add(new(
                Enum.Parse<PayStepKind>(row.GetString(0).Replace("_", "", StringComparison.Ordinal), ignoreCase: true), row.GetFieldValue<DateTimeOffset>(1),
                new PayActor(row.GetString(2), row.IsDBNull(3) ? null : row.GetGuid(3), Text(row, 4)), Text(row, 5), Text(row, 6)));
        return steps;
    }

    public static async Task StepAsync(NpgsqlConnection connection, long run, PayStepKind kind, PayActor by, DateTimeOffset at, string? staff, string? words, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            "insert into pay_step (run_id, step, at, by_name, by_user, by_staff, staff_key, words) values ($1, $2, $3, $4, $5, $6, $7, $8)", connection);
        foreach (var value in new object[] { run, NameOf(kind), at, by.Name }) insert.Parameters.Add(new NpgsqlParameter { Value = value });
        insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = (object?)by.User ?? DBNull.Value });
        foreach (var value in new[] { by.Staff, staff, words }) insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value });
        await insert.ExecuteNonQueryAsync(ct);
    }

    /// <summary>As the table has it.</summary>
    public static string NameOf(PayStepKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public static string NameOf(PayRunState state) => state.ToString().ToLowerInvariant();

    /// <summary>Every statement of a run as it was written, by the person's key.</summary>
    public static async Task<IReadOnlyList<PayStatement>> StatementsAsync(NpgsqlConnection connection, long run, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select document::text from pay_statement where run_id = $1 order by staff_key collate \"C\"", connection) { Parameters = { new() { Value = run } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var statements = new List<PayStatement>();
        while (await row.ReadAsync(ct)) statements.Add(PayJson.Read<PayStatement>(row.GetString(0)));
        return statements;
    }

    /// <summary>All statements at once.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, long run, IReadOnlyList<PayStatement> statements, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy pay_statement (run_id, staff_key, staff_name, own, adjusted, carried_in, payable, held, carried_out, document, hash) from stdin (format binary)
            """, ct);
        foreach (var statement in statements)
        {
            var document = PayJson.Write(statement);
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(run, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(statement.Staff, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(statement.StaffName, NpgsqlDbType.Text, ct);
            foreach (var amount in new[] { statement.Own, statement.Adjustments.Sum(a => a.Amount), statement.CarriedIn, statement.Payable, statement.Held, statement.CarriedOut })
                await copy.WriteAsync(amount, NpgsqlDbType.Numeric, ct);
            await copy.WriteAsync(document, NpgsqlDbType.Json, ct);
            await copy.WriteAsync(PayJson.Hash(document), NpgsqlDbType.Text, ct);
        }
        await copy.CompleteAsync(ct);
    }

    /// <summary>The signed lines of the statements, so that later runs find them.</summary>
    public static async Task WriteAdjustmentsAsync(NpgsqlConnection connection, long run, IReadOnlyList<PayStatement> statements, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy pay_adjustment (run_id, staff_key, kind, of_run_id, of_component, cause, amount, rows, decided_by, dispute_id) from stdin (format binary)
            """, ct);
        foreach (var (statement, line) in statements.SelectMany(s => s.Adjustments.Select(a => (s, a))))
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(run, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(statement.Staff, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(line.Kind.ToString().ToLowerInvariant(), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(line.OfRun, NpgsqlDbType.Bigint, ct);
            await TextAsync(line.Component);
            await copy.WriteAsync(line.Cause, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(line.Amount, NpgsqlDbType.Numeric, ct);
            await copy.WriteAsync(PayJson.Write(line.Rows), NpgsqlDbType.Json, ct);
            await TextAsync(line.DecidedBy);
            if (line.Dispute is { } dispute) await copy.WriteAsync(dispute, NpgsqlDbType.Bigint, ct);
            else await copy.WriteNullAsync(ct);
        }
        await copy.CompleteAsync(ct);

        Task TextAsync(string? text) => text is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(text, NpgsqlDbType.Text, ct);
    }

    public static async Task<int> DoAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<PayRun>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            var runs = new List<PayRun>();
            while (await row.ReadAsync(ct)) runs.Add(Row(row));
            return runs;
        }
    }

    internal static PayRun Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Plan = row.GetString(1),
        Period = Period.TryParse(row.GetString(2), out var period) ? period : throw new InvalidDataException($"{row.GetString(2)} is no period."),
        State = Enum.Parse<PayRunState>(row.GetString(5), ignoreCase: true),
        AsOf = row.GetFieldValue<DateTimeOffset>(6),
        Versions = row.GetFieldValue<int[]>(7),
        ControlTotal = row.IsDBNull(8) ? null : row.GetDecimal(8),
        ControlRows = row.IsDBNull(9) ? null : row.GetInt32(9),
        Hash = Text(row, 10),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
