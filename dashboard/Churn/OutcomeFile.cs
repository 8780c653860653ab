using System.Globalization;
using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Wording;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Dashboard.Churn;

/// <summary>A line of the file that can be used.</summary>
/// <param name="Row">The customer.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Reason">Why it was excused; null for the rest.</param>
/// <param name="At">When it was.</param>
internal sealed record OutcomeLine(CallListRow Row, Outcome Outcome, string? Reason, DateTimeOffset At);

/// <summary>The list's own file, filled in and brought back.</summary>
/// <param name="Lines">What can be used.</param>
/// <param name="Empty">Lines without an outcome.</param>
/// <param name="Problems">What is wrong with the rest, each with its line.</param>
internal sealed record OutcomeFile(IReadOnlyList<OutcomeLine> Lines, int Empty, IReadOnlyList<string> Problems)
{
    internal const string Account = "account", Outcome = "outcome", Reason = "outcome_reason", At = "outcome_at_utc";

    private static readonly string Words = string.Join(", ", Outcomes.OfCall.Select(PageQuery.Word));

    /// <summary>What was read, in a sentence.</summary>
    internal string InWords =>
        $"{Figures.Count(Lines.Count, "outcome", "outcomes")} recorded"
        + (Empty > 0 ? $", {Figures.Count(Empty, "line", "lines")} without one left alone" : "")
        + (Problems.Count > 0 ? $", {Figures.Count(Problems.Count, "line", "lines")} could not be used" : "") + ".";

    /// <summary>Reads separated values in UTF-8 with a header line, for a list made at a time; outcomes lie between that and now.</summary>
    internal static async Task<OutcomeFile> ReadAsync(
        Stream content, string name, IReadOnlyList<CallListRow> rows, DateTimeOffset madeAt, DateTimeOffset now, CancellationToken ct)
    {
        using var reader = new StreamReader(content);
        var text = await reader.ReadToEndAsync(ct);
        var (lines, problems, empty) = (new List<OutcomeLine>(), new List<string>(), 0);
        var known = rows.ToDictionary(row => row.Account);
        try
        {
            await foreach (var record in CsvRecords.ReadAsync(new StringReader(text), new CsvLayout(name, CsvLayout.SeparatorOf(text), 1), ProblemOf, ct))
            {
                if (record.Problem is null && record[Outcome].Length == 0) empty++;
                else if (Line(record, known, madeAt, now, out var problem) is { } line) lines.Add(line);
                else problems.Add($"{name} line {record.Line}: {problem}");
            }
        }
        catch (SourceFileException unreadable)
        {
            problems.Add(unreadable.Message);
        }
        return new OutcomeFile(lines, empty, problems);
    }

    private static string? ProblemOf(RecordShape shape) =>
        shape.IndexOf(Account) >= 0 && shape.IndexOf(Outcome) >= 0 ? null : $"expected the columns {Account} and {Outcome}, as the list's own CSV file has them";

    private static OutcomeLine? Line(SourceRecord record, Dictionary<string, CallListRow> known, DateTimeOffset madeAt, DateTimeOffset now, out string? problem)
    {
        var when = now;
        var readable = CallOutcomes.TryRead(record[Outcome], record[Reason], out var what, out var why);
        problem = record.Problem is { } broken ? $"{broken.Message}."
            : !known.ContainsKey(record[Account]) ? $"{Account} “{record[Account]}” is not on this list."
            : !readable ? $"{Outcome} “{record[Outcome]}” is none of {Words}, or its {Reason} is missing; excused needs one of at most {Outcomes.LongestReason} letters."
            : record[At].Length > 0 && !TryReadTime(record[At], out when) ? $"{At} “{record[At]}” is no time like {Moments.Machine(now)}."
            : when < madeAt || when > now ? $"{At} “{record[At]}” is not between the making of the list and now."
            : null;
        return problem is null ? new OutcomeLine(known[record[Account]], what, why, when) : null;
    }

    private static bool TryReadTime(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
