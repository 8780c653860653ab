using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Filters;

/// <summary>Reads an address into a <see cref="PageQuery"/> and says in words what in it cannot be understood.</summary>
internal sealed class PageQueryReader(IQueryCollection address, Company company, DateTimeOffset now)
{
    private const int LongestKey = 400;
    private const int LastPage = 10_000_000;

    private readonly List<string> _problems = [];

    internal (PageQuery Query, IReadOnlyList<string> Problems) Read()
    {
        var asOf = AsOf();
        // The end of a day belongs to that day.
        var period = Period(asOf?.AddTicks(-1) ?? now);
        var query = new PageQuery
        {
            Period = period.Value,
            PeriodGiven = period.Given,
            AsOf = asOf,
            AsNowKnown = asOf is null && IsNow,
            AsOfText = asOf is not null ? AsOfText : IsNow ? PageQuery.Now : null,
            Team = Text("team"),
            Person = Text("person"),
            Account = Text("account"),
            Region = Text("region"),
            Segment = Text("segment"),
            Channel = Text("channel"),
            Kind = Kind(),
            Status = Choice<CommitmentStatus>("status"),
            Lasted = Took(),
            Statement = Text("statement"),
            Sort = Choice<CommitmentSort>("sort") ?? CommitmentSort.OpenedAt,
            Descending = Direction(),
            By = Choice<Dimension>("by") ?? Dimension.Team,
            Page = Number("page", 1, LastPage),
            Size = Size(),
        };
        return (query, _problems);
    }

    private string? Text(string name)
    {
        var given = address[name];
        if (given.Count == 0) return null;
        if (given.Count > 1)
        {
            _problems.Add($"“{name}” is given {given.Count} times; once is what can be answered.");
            return null;
        }
        var text = given[0]?.Trim();
        if (text?.Length > LongestKey || text?.Contains('\0', StringComparison.Ordinal) == true)
        {
            _problems.Add($"“{name}” is no key of ours: too long, or with a character that no key has.");
            return null;
        }
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private (Period Value, bool Given) Period(DateTimeOffset at)
    {
        var current = company.Fiscal.Kind == FiscalKind.Calendar ? Analytics.Metrics.Period.QuarterOf(Day(at)) : company.Fiscal.QuarterOf(Day(at));
        var text = Text("period") ?? Range();
        if (text is null) return (current, false);
        if (Analytics.Metrics.Period.TryParse(text, company.Fiscal, out var period)) return (period, true);
        _problems.Add($"“{text}” is no period. Periods are written {PeriodLabel.Forms}.");
        return (current, false);
    }

    // The custom span comes from two date fields.
    private string? Range()
    {
        var (from, to) = (Text("from"), Text("to"));
        return from is null && to is null ? null : $"{from}..{to}";
    }

    // Written as on the command line, too.
    private string? AsOfText => Text("asof") ?? Text("as-of");

    private bool IsNow => AsOfText == PageQuery.Now;

    private DateTimeOffset? AsOf()
    {
        var text = AsOfText;
        if (text is null || IsNow) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 9000)
            return EndOf(day, text);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            return NotLater(instant, text);
        _problems.Add($"“{text}” is no moment. A day is written 2026-09-30 (its end is meant), an instant 2026-09-30T12:00Z.");
        return null;
    }

    private DateTimeOffset? EndOf(DateOnly day, string text)
    {
        // At the end of today we know what we know now.
        if (day == Day(now)) return null;
        return NotLater(new Period(text, day, day.AddDays(1)).Instants(company.Zone).To, text);
    }

    private DateTimeOffset? NotLater(DateTimeOffset instant, string text)
    {
        if (instant <= now) return instant;
        _problems.Add($"“{text}” is in the future: nobody knows yet what will be known then.");
        return null;
    }

    private string? Kind()
    {
        var kind = Text("kind");
        if (kind is null || MetricCatalogue.Commitments.Any(metric => metric.Kind == kind)) return kind;
        _problems.Add($"“{kind}” is no kind of commitment. There is: {string.Join(", ", MetricCatalogue.Commitments.Select(metric => metric.Kind))}.");
        return null;
    }

    private Lasted? Took()
    {
        var text = Text("took");
        if (text is null) return null;
        if (Lasted.TryParse(text, out var lasted)) return lasted;
        _problems.Add($"“{text}” is no length of time. It is written 24..48, 48.., ..24, or open for what is not over.");
        return null;
    }

    private T? Choice<T>(string name) where T : struct, Enum
    {
        var text = Text(name);
        if (text is null) return null;
        foreach (var value in Enum.GetValues<T>())
            if (PageQuery.Word(value) == text) return value;
        _problems.Add($"“{text}” is no {name} to choose. There is: {string.Join(", ", Enum.GetValues<T>().Select(PageQuery.Word))}.");
        return null;
    }

    private bool Direction()
    {
        var text = Text("dir");
        if (text is null or "desc") return true;
        if (text is "asc") return false;
        _problems.Add($"“{text}” is no direction. There is: asc, desc.");
        return true;
    }

    private int Number(string name, int usual, int largest)
    {
        var text = Text(name);
        if (text is null) return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= largest) return number;
        _problems.Add($"“{text}” is no {name}: a whole number from 1 is.");
        return usual;
    }

    private int Size()
    {
        var size = Number("size", PageQuery.UsualSize, int.MaxValue);
        if (PageQuery.Sizes.Contains(size)) return size;
        _problems.Add($"Pages have {string.Join(", ", PageQuery.Sizes)} rows, not {size}.");
        return PageQuery.UsualSize;
    }

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, company.Zone).DateTime);
}
