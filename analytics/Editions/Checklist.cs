using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Analytics.TieOuts;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>Says what is in order and what stands in the way of closing a quarter.</summary>
public sealed class Checklist(NpgsqlDataSource db)
{
    private static readonly string Sql = SqlText.Read(typeof(Checklist), "Editions/Checklist.sql");

    /// <summary>Every check of a quarter, as things stand at the cut-off.</summary>
    public async Task<IReadOnlyList<CheckItem>> ReadAsync(Period quarter, DateTimeOffset cutOff, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        var (from, to) = quarter.Instants(company.Zone);
        await using var command = db.CreateCommand(Sql);
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue("from", NpgsqlDbType.TimestampTz, from);
        command.Parameters.AddWithValue("to", NpgsqlDbType.TimestampTz, to);
        command.Parameters.AddWithValue("cut_off", NpgsqlDbType.TimestampTz, cutOff);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return
        [
            new(Check.QuarterIsOver, cutOff >= to, cutOff >= to ? "The quarter was over at the cut-off." : string.Create(CultureInfo.InvariantCulture, $"The quarter goes on until {quarter.End.AddDays(-1):d MMM yyyy}.")),
            Sources(await row.GetFieldValueAsync<string[]>(0, ct), row.GetInt64(1)),
            new(Check.LedgerIsCurrent, row.GetInt64(2) == 0, row.GetInt64(2) == 0 ? "The ledger has all facts." : $"{(row.GetInt64(2) == 1 ? "One account has" : $"{N(row.GetInt64(2))} accounts have")} facts that are not in the ledger yet."),
            TieOuts(await Compared.ReadAsync(db, company.Zone, ct), quarter),
            new(Check.QuarantineIsEmpty, row.GetInt64(3) == 0, row.GetInt64(3) == 0 ? "No record waits for a correction or an account." : $"{(row.GetInt64(3) == 1 ? "One record waits" : $"{N(row.GetInt64(3))} records wait")} for a correction or an account."),
            Done(Check.SpotChecksAreDone, row.GetInt64(4), row.GetInt64(5), "communications drawn for a spot check", "looked at", "No communication was drawn for a spot check."),
            Done(Check.ProjectsAreAudited, row.GetInt64(6), row.GetInt64(7), "projects", "audited by another unit", "No project ran in the quarter."),
        ];
    }

    private static CheckItem Sources(string[] stale, long sources) => stale.Length > 0
        ? new(Check.SourcesAreFresh, false, $"Nothing came since the quarter was over from {string.Join(", ", stale)}.")
        : new(Check.SourcesAreFresh, sources > 0, sources switch
        {
            0 => "No source has sent anything.",
            1 => "The one source has sent since the quarter was over.",
            _ => $"All {N(sources)} sources have sent since the quarter was over.",
        });

    private static CheckItem TieOuts(IReadOnlyList<Compared> totals, Period quarter)
    {
        var about = totals.Where(t => t.Period == "all" || (Period.TryParse(t.Period, out var period) && period.Start < quarter.End && quarter.Start < period.End)).ToList();
        var wrong = about.Where(t => t.State != TieOutState.Ok).ToList();
        return wrong.Count > 0
            ? new(Check.TieOutsAgree, false, $"{N(wrong.Count)} of {N(about.Count)} control totals differ: {string.Join(", ", wrong.Take(5).Select(t => $"{t.Source} {t.Fact} {t.Period}"))}.")
            : new(Check.TieOutsAgree, about.Count > 0, about.Count > 0 ? $"All {N(about.Count)} control totals agree to the last row and cent." : "No source has stated control totals of this quarter.");
    }

    private static CheckItem Done(Check check, long all, long open, string what, string done, string none) =>
        new(check, open == 0, all == 0 ? none : open == 0 ? $"All {N(all)} {what} were {done}." : $"{N(open)} of {N(all)} {what} were not {done}.");

    private static string N(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
