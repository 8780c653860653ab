using System.Globalization;
using CsvHelper;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Compensation;

/// <summary>Somebody to be taken into a plan.</summary>
/// <param name="Staff">His key.</param>
/// <param name="From">First day.</param>
/// <param name="To">The day after the last; null for no end.</param>
/// <param name="Incentive">Null for the plan's.</param>
internal sealed record NewMember(string Staff, DateOnly From, DateOnly? To, decimal? Incentive);

/// <summary>Members of a plan as a file: the columns that the plan's own file has.</summary>
/// <param name="Lines">What can be used, with its line.</param>
/// <param name="Problems">What is wrong with the rest, each with its line.</param>
internal sealed record PlanMemberFile(IReadOnlyList<(long Line, NewMember Member)> Lines, IReadOnlyList<string> Problems)
{
    internal const string Staff = "staff_key", First = "first_day", Last = "last_day", Incentive = "incentive";

    private const int LongestRecord = 1 << 20;

    private static readonly string[] Needed = [Staff, First];

    /// <summary>The columns of a file, for help.</summary>
    internal static IReadOnlyList<string> Columns { get; } = [Staff, First, Last, Incentive];

    /// <summary>Reads separated values with a header line; commas or semicolons, as the header has them.</summary>
    /// <param name="file">The text.</param>
    /// <param name="name">What the problems call it.</param>
    /// <param name="ct">Stops the reading.</param>
    internal static async Task<PlanMemberFile> ReadAsync(TextReader file, string name, CancellationToken ct)
    {
        var text = await file.ReadToEndAsync(ct);
        var (lines, problems) = (new List<(long, NewMember)>(), new List<string>());
        await using var csv = CsvReader.Create(
            new StringReader(text), new CsvReaderOptions { Separator = SeparatorOf(text), TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Allow, MaxRecordSize = LongestRecord }, leaveOpen: false);
        try
        {
            await csv.ReadHeaderAsync(ct);
            string[] header = [.. csv.Headers.Select(h => h.Trim().TrimStart('\ufeff'))];
            if (Needed.FirstOrDefault(needed => !header.Contains(needed)) is { } missing)
                return new PlanMemberFile([], [$"{name} line 1: the column {missing} is missing; expected {Staff} and {First}, and if wanted {Last} and {Incentive}."]);
            while (await csv.ReadAsync(ct))
            {
                var values = csv.Current.ToArray();
                string? Field(string field) => Array.IndexOf(header, field) is >= 0 and var at && at < values.Length ? CsvCell.Back(values[at].Trim()) : null;
                NewMember? member = null;
                var problem = values.Length != header.Length ? $"has {values.Length} fields; expected {header.Length} as in the header." : Read(Field(Staff), Field(First), Field(Last), Field(Incentive), out member);
                if (problem is null) lines.Add((csv.LineNumber, member!));
                else problems.Add($"{name} line {csv.LineNumber}: {problem}");
            }
        }
        catch (CsvFormatException broken)
        {
            problems.Add($"{name} line {broken.LineNumber}: the record that begins here is not closed; expected every quote closed.");
        }
        return new PlanMemberFile(lines, problems);
    }

    private static char SeparatorOf(string text) => text.Split('\n')[0] is var head && head.Contains(';', StringComparison.Ordinal) && !head.Contains(',', StringComparison.Ordinal) ? ';' : ',';

    /// <summary>What is wrong with what was given, in a sentence; null when nothing is.</summary>
    internal static string? Read(string? staff, string? first, string? last, string? incentive, out NewMember member)
    {
        member = new NewMember(staff?.Trim() ?? "", default, null, null);
        if (member.Staff.Length == 0) return $"{Staff} is missing: whom the plan is to pay.";
        if (!TryDay(first, out var from)) return $"{First} “{first}” is no day; expected one such as 2026-07-01.";
        if (LastDay(last, out var to) is { } problem) return problem;
        var amount = 0m;
        if (!string.IsNullOrWhiteSpace(incentive) && !decimal.TryParse(incentive, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount))
            return $"{Incentive} “{incentive}” is no amount; expected one such as 6000, or nothing for the plan's.";
        member = member with { From = from, To = to, Incentive = string.IsNullOrWhiteSpace(incentive) ? null : amount };
        return null;
    }

    /// <summary>The day after a last day; null for none.</summary>
    internal static string? LastDay(string? last, out DateOnly? to)
    {
        to = null;
        if (string.IsNullOrWhiteSpace(last)) return null;
        if (!TryDay(last, out var day) || day == DateOnly.MaxValue) return $"{Last} “{last}” is no day; expected one such as 2026-09-30, or nothing for no end.";
        to = day.AddDays(1);
        return null;
    }

    private static bool TryDay(string? text, out DateOnly day) => DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
