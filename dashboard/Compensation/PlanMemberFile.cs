using System.Globalization;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Dashboard.Compensation;

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

    private static readonly string[] Needed = [Staff, First];

    /// <summary>Reads separated values in UTF-8 with a header line.</summary>
    internal static async Task<PlanMemberFile> ReadAsync(Stream content, string name, CancellationToken ct)
    {
        using var reader = new StreamReader(content);
        var text = await reader.ReadToEndAsync(ct);
        var (lines, problems) = (new List<(long, NewMember)>(), new List<string>());
        try
        {
            await foreach (var record in CsvRecords.ReadAsync(new StringReader(text), new CsvLayout(name, CsvLayout.SeparatorOf(text), 1), ProblemOf, ct))
            {
                string? Field(string field) => record.Shape.IndexOf(field) >= 0 ? record[field] : null;
                NewMember? member = null;
                var problem = record.Problem is { } broken ? $"{broken.Message}." : Read(Field(Staff), Field(First), Field(Last), Field(Incentive), out member);
                if (problem is null) lines.Add((record.Line, member!));
                else problems.Add($"{name} line {record.Line}: {problem}");
            }
        }
        catch (SourceFileException unreadable)
        {
            problems.Add(unreadable.Message);
        }
        return new PlanMemberFile(lines, problems);
    }

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

    private static string? ProblemOf(RecordShape shape) => Needed.All(name => shape.IndexOf(name) >= 0) ? null : $"expected the columns {Staff} and {First}, and if wanted {Last} and {Incentive}";
}
