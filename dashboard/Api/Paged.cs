using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Api;

/// <summary>Makes a page of rows of which one more was read than it has: that there is one says that there is a page after it.</summary>
internal static class Paged
{
    internal static Listing<T> Of<T>(ApiRequest request, IReadOnlyList<T> rows, long total, Func<T, RowPlace> place)
    {
        if (rows.Count <= request.Size) return new Listing<T>(rows, total, null, null);
        var cursor = Cursor.Of(Left(request.After, rows.Take(request.Size).Select(place)), request.Question);
        var next = $"{request.Question}{(request.Question.Contains('?', StringComparison.Ordinal) ? '&' : '?')}size={request.Size.ToString(CultureInfo.InvariantCulture)}&cursor={cursor}";
        return new Listing<T>([.. rows.Take(request.Size)], total, cursor, next);
    }

    /// <summary>Of a list that is short enough to be read whole: a page begins behind the row that the cursor names.</summary>
    internal static IResult All<T>(ApiRequest request, IReadOnlyList<T> all, Func<T, string> key)
    {
        var rest = request.After is { } after ? all.SkipWhile(row => key(row) != after.Key).Skip(1) : all;
        return Results.Ok(Of(request, [.. rest.Take(request.Size + 1)], all.Count, row => Keyed(key(row))));
    }

    // Rows of one place may end a page, or fill it and the pages before.
    private static RowPlace Left(RowPlace? before, IEnumerable<RowPlace> places)
    {
        var all = places.ToList();
        var alike = all.AsEnumerable().Reverse().TakeWhile(place => place == all[^1]).Count();
        var earlier = alike == all.Count && before is not null && before with { Ties = 1 } == all[^1] ? before.Ties : 0;
        return all[^1] with { Ties = alike + earlier };
    }

    /// <summary>The place of what has a key and no time.</summary>
    internal static RowPlace Keyed(string key) => new(DateTimeOffset.UnixEpoch, "", key, "");
}
