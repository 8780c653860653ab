using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>Where quarters are signed: by one person, and by another one for the same cut-off. What both signed is then written by an <see cref="EditionWriter"/>.</summary>
public sealed class ClosingDesk(NpgsqlDataSource db, TimeProvider clock)
{
    private const int LongestReason = 2_000, ShortestReason = 10;

    private const string Columns = """
        closing_id, period, starts, ends, cut_off, reason, checklist::text, first_id, first_by, first_staff, first_at, second_id, second_by, second_staff, second_at, edition_id
        """;

    /// <summary>The close of a quarter that is on its way; null when there is none.</summary>
    public async Task<Closing?> FindAsync(string period, CancellationToken ct) =>
        (await ReadAsync($"select {Columns} from closing where period = $1 and edition_id is null and withdrawn_at is null", period, ct)).SingleOrDefault();

    /// <summary>Those that were signed once and wait for this person's signature, in the order of their quarters.</summary>
    public async Task<IReadOnlyList<Closing>> WaitingForAsync(Signer signer, CancellationToken ct) =>
        [.. (await ReadAsync($"select {Columns} from closing where first_id <> $1 and second_id is null and withdrawn_at is null order by starts", signer.Id, ct))
            .Where(c => signer.Staff is null || c.First.Staff != signer.Staff)];

    /// <summary>Those that were signed twice and are not written yet, in the order of their signatures.</summary>
    internal async Task<IReadOnlyList<Closing>> SignedAsync(CancellationToken ct) =>
        await ReadAsync($"select {Columns} from closing where second_at <= $1 and edition_id is null and withdrawn_at is null order by second_at", clock.GetUtcNow(), ct);

    /// <summary>The close of that number; null when there is none.</summary>
    internal async Task<Closing?> FindAsync(long id, CancellationToken ct) =>
        (await ReadAsync($"select {Columns} from closing where closing_id = $1 and withdrawn_at is null", id, ct)).SingleOrDefault();

    /// <summary>
    /// The first signature: takes down the checklist and the project audits as they stand now, with a reason for each override, and this moment as the cut-off.
    /// </summary>
    /// <param name="quarter">A quarter as the company has them.</param>
    /// <param name="signer">Who signs.</param>
    /// <param name="reason">Why a quarter that is closed already is restated; null for one that is open.</param>
    /// <param name="overrides">Why it is closed although a check fails.</param>
    /// <param name="ct">Stops it; nothing is signed then.</param>
    /// <exception cref="ClosingException">It can't be closed so.</exception>
    public async Task<Closing> SignAsync(Period quarter, Signer signer, string? reason, IReadOnlyDictionary<Check, string> overrides, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        var usual = company.Fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(quarter.Start) : company.Fiscal.QuarterOf(quarter.Start);
        if (usual.Label != quarter.Label) throw new ClosingException($"{quarter.Label} is no quarter of the company; {usual.Label} is.");
        if (await FindAsync(quarter.Label, ct) is { } begun) throw new ClosingException($"{quarter.Label} has been signed by {begun.First.Name} already and waits for the second signature.");
        var stands = (await EditionList.ReadAsync(db, ct)).Of(quarter.Label);
        reason = Clean(reason);
        if (stands is not null && reason is null) throw new ClosingException($"{quarter.Label} is closed. Closing it again restates it, which needs a reason.");
        if (stands is null && reason is not null) throw new ClosingException($"{quarter.Label} is not closed yet, so there is nothing to restate.");
        // To the microsecond, as it is stored.
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var items = (await new Checklist(db).ReadAsync(quarter, now, ct))
            .Select(item => item.IsOk || item.Check == Check.QuarterIsOver ? item : item with { Override = Why(overrides.GetValueOrDefault(item.Check)) }).ToList();
        if (items.Where(i => i.Blocks).ToList() is { Count: > 0 } blocking) throw new ClosingException(string.Join(' ', blocking.Select(Refusal)));
        return await BeginAsync(quarter, signer, reason, items, now, ct);
    }

    /// <summary>The second signature, of another person, for what the first one signed.</summary>
    /// <exception cref="ClosingException">There is nothing to sign, or the same person signed first, under whatever name.</exception>
    public async Task<Closing> SignSecondAsync(string period, Signer signer, CancellationToken ct)
    {
        var closing = await FindAsync(period, ct) ?? throw new ClosingException($"Nobody has signed {period} yet.");
        if (closing.Second is { } second) return second.Id == signer.Id ? closing : throw new ClosingException($"{period} has both signatures already.");
        if (closing.First.Id == signer.Id || (signer.Staff is not null && closing.First.Staff == signer.Staff))
            throw new ClosingException("The second signature has to be another person's.");
        await using var command = db.CreateCommand("""
            update closing set second_id = $2, second_by = $3, second_staff = $4, second_at = $5
            where closing_id = $1 and second_id is null and withdrawn_at is null
            """);
        command.Parameters.AddWithValue(closing.Id);
        Bind(command, signer, clock.GetUtcNow());
        if (await command.ExecuteNonQueryAsync(ct) == 0) throw new ClosingException($"Somebody else has just signed or withdrawn {period}.");
        return (await FindAsync(closing.Id, ct))!;
    }

    /// <summary>Takes the first signature back; false when there is none or it has been followed by the second.</summary>
    public async Task<bool> WithdrawAsync(string period, Signer signer, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            update closing set withdrawn_at = $2, withdrawn_by = $3 where period = $1 and second_id is null and edition_id is null and withdrawn_at is null
            """);
        command.Parameters.AddWithValue(period);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(signer.Name);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private async Task<Closing> BeginAsync(Period quarter, Signer signer, string? reason, List<CheckItem> items, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            with begun as (
              insert into closing (period, starts, ends, cut_off, reason, checklist, first_id, first_by, first_staff, first_at)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
              on conflict do nothing
              returning closing_id
            ), audited as (
              insert into closing_audit (closing_id, file, line) select closing_id, file, line from begun cross join unnest($11, $12) as l (file, line)
            )
            select closing_id from begun
            """);
        var audits = await EditionAudits.LinesAsync(db, clock, quarter, ct);
        command.Parameters.AddWithValue(quarter.Label);
        command.Parameters.AddWithValue(quarter.Start);
        command.Parameters.AddWithValue(quarter.End);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)reason ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.Serialize(items, EditionJson.Options));
        Bind(command, signer, now);
        command.Parameters.AddWithValue(audits.Select(a => a.File).ToArray());
        command.Parameters.AddWithValue(audits.Select(a => a.Line).ToArray());
        if (await command.ExecuteScalarAsync(ct) is null) throw new ClosingException($"Somebody else has just signed {quarter.Label}.");
        return (await FindAsync(quarter.Label, ct))!;
    }

    private async Task<List<Closing>> ReadAsync(string sql, object key, CancellationToken ct)
    {
        await using var command = db.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = key });
        await using var row = await command.ExecuteReaderAsync(ct);
        var found = new List<Closing>();
        while (await row.ReadAsync(ct)) found.Add(Read(row));
        return found;
    }

    private static Closing Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Period = new Period(row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3)),
        CutOff = row.GetFieldValue<DateTimeOffset>(4),
        Reason = Text(row, 5),
        Checklist = JsonSerializer.Deserialize<List<CheckItem>>(row.GetString(6), EditionJson.Options)!,
        First = new Signer(row.GetGuid(7), row.GetString(8), Text(row, 9)),
        FirstAt = row.GetFieldValue<DateTimeOffset>(10),
        Second = row.IsDBNull(11) ? null : new Signer(row.GetGuid(11), row.GetString(12), Text(row, 13)),
        SecondAt = row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
        EditionId = row.IsDBNull(15) ? null : row.GetInt64(15),
    };

    private static void Bind(NpgsqlCommand command, Signer signer, DateTimeOffset at)
    {
        command.Parameters.AddWithValue(signer.Id);
        command.Parameters.AddWithValue(signer.Name);
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)signer.Staff ?? DBNull.Value);
        command.Parameters.AddWithValue(at);
    }

    private static string Refusal(CheckItem item) =>
        item.Check == Check.QuarterIsOver ? item.Words : $"{item.Words.TrimEnd('.')}: to close it nevertheless takes a reason of at least {ShortestReason} characters.";

    // “n/a” tells nobody anything a year later.
    private static string? Why(string? reason) => Clean(reason) is { Length: >= ShortestReason } why ? why : null;

    private static string? Clean(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim() is { Length: <= LongestReason } text ? text
        : throw new ClosingException($"A reason has at most {LongestReason} characters.");

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
