using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Admin;

/// <summary>Which entries of the log are asked for; null stands for any.</summary>
/// <param name="Who">The user's name, exactly.</param>
/// <param name="Action">The verb.</param>
/// <param name="Subject">A part of what it was done to.</param>
/// <param name="Day">The day in the company's zone.</param>
public sealed record LogSearch(string? Who, string? Action, string? Subject, DateOnly? Day)
{
    private const int Longest = 200;

    /// <summary>When the day begins and ends.</summary>
    internal DateTimeOffset? From { get; private init; }

    internal DateTimeOffset? To { get; private init; }

    /// <summary>The last entry that counts; null for any.</summary>
    internal long? Last { get; private init; }

    internal string? DayText => Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal bool IsNarrow => this is not { Who: null, Action: null, Subject: null, Day: null };

    internal LogSearch Until(long last) => this with { Last = last };

    /// <summary>Null when the address can't be understood.</summary>
    internal static LogSearch? Read(IQueryCollection address, TimeZoneInfo zone)
    {
        var given = new[] { "who", "action", "subject", "day" }.Select(name => address[name].ToString().Trim()).ToArray();
        if (given.Any(text => text.Length > Longest || text.Contains('\0', StringComparison.Ordinal))) return null;
        DateOnly? day = null;
        if (given[3].Length > 0)
        {
            if (!DateOnly.TryParseExact(given[3], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) || read.Year is < 1900 or > 9000) return null;
            day = read;
        }
        var span = day is { } d ? new Period(given[3], d, d.AddDays(1)).Instants(zone) : ((DateTimeOffset From, DateTimeOffset To)?)null;
        return new LogSearch(Text(given[0]), Text(given[1]), Text(given[2]), day) { From = span?.From, To = span?.To };
    }

    private static string? Text(string given) => given.Length == 0 ? null : given;
}
