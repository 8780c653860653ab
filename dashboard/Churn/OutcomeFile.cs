using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Churn;

/// <summary>A line of the file that can be used.</summary>
/// <param name="Row">The customer.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why it was excused; null for the rest.</param>
/// <param name="At">When it was.</param>
internal sealed record OutcomeLine(CallListRow Row, Outcome Outcome, string? Reason, DateTimeOffset At);

/// <summary>The list's own file, filled in and brought back: what can be used, and what of the rest is wrong where.</summary>
internal sealed record OutcomeFile(IReadOnlyList<OutcomeLine> Lines, int Empty, IReadOnlyList<string> Problems)
{
    internal const string Account = "account", Outcome = "outcome", Reason = "outcome_reason", At = "outcome_at_utc";

    private static readonly string Words = string.Join(", ", Outcomes.OfCall.Select(PageQuery.Word));

    /// <summary>What was read, in a sentence.</summary>
    internal string InWords =>
        $"{Figures.Count(Lines.Count, "outcome", "outcomes")} recorded"
        + (Empty > 0 ? $", {Figures.Count(Empty, "line", "lines")} without one left alone" : "")
        + (Problems.Count > 0 ? $", {Figures.Count(Problems.Count, "line", "lines")} could not be used" : "") + ".";

    /// <summary>Reads comma- or semicolon-separated UTF-8 with a header line.</summary>
    internal static async Task<OutcomeFile> ReadAsync(
        Stream content, string name, IReadOnlyList<CallListRow> rows, DateTimeOffset now, DateTimeOffset madeAt, CancellationToken ct)
    {
        using var text = new StreamReader(content);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true, DetectDelimiterValues = [",", ";", "\t"], MissingFieldFound = null, BadDataFound = null,
        });
        var file = new OutcomeFile([], 0, []);
        if (!await csv.ReadAsync() || !csv.ReadHeader() || !csv.HeaderRecord!.Contains(Account) || !csv.HeaderRecord!.Contains(Outcome))
            return file with { Problems = [$"{name}: the first line must name the columns {Account} and {Outcome}, as the list's own CSV file does."] };
        var (lines, problems, empty) = (new List<OutcomeLine>(), new List<string>(), 0);
        var byKey = rows.ToDictionary(row => row.Account);
        while (await csv.ReadAsync())
        {
            ct.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(csv.GetField(Outcome))) empty++;
            else if (Line(csv, byKey, now, madeAt, out var problem) is { } line) lines.Add(line);
            else problems.Add($"{name}, line {csv.Parser.RawRow}: {problem}");
        }
        return new OutcomeFile(lines, empty, problems);
    }

    private static OutcomeLine? Line(CsvReader csv, Dictionary<string, CallListRow> rows, DateTimeOffset now, DateTimeOffset madeAt, out string? problem)
    {
        var (account, outcome, reason, at) = (csv.GetField(Account)?.Trim() ?? "", csv.GetField(Outcome)!.Trim(), Field(csv, Reason), Field(csv, At));
        var when = now;
        problem = !rows.ContainsKey(account) ? $"{Account} “{account}” is not on this list."
            : !CallOutcomes.TryRead(outcome, reason, out var what, out var why)
                ? $"{Outcome} “{outcome}” is none of {Words}; excused needs its reason in {Reason}, of at most {Outcomes.LongestReason} letters."
            : at is not null && !TryReadTime(at, out when) ? $"{At} “{at}” is no time like {Moments.Machine(now)}."
            : when > now || when < madeAt ? $"{At} “{at}” is not between the making of the list and now."
            : null;
        if (problem is not null) return null;
        _ = CallOutcomes.TryRead(outcome, reason, out what, out why);
        return new OutcomeLine(rows[account], what, why, when);
    }

    private static string? Field(CsvReader csv, string column) =>
        csv.HeaderRecord!.Contains(column) && csv.GetField(column)?.Trim() is { Length: > 0 } text ? text : null;

    private static bool TryReadTime(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
