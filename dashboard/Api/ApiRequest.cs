using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Api;

/// <summary>What a program asks: the same words as the pages' addresses, and where in a list it goes on. Bound from the request.</summary>
internal sealed record ApiRequest
{
    private static readonly string[] OwnWords = ["size", "cursor", "durations"];

    public required SignedIn Who { get; init; }
    public required Company Company { get; init; }
    public required PageQuery Query { get; init; }

    /// <summary>What in the address could not be understood, in sentences; nothing is then answered.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What a figure is to be split by; null for the figure alone.</summary>
    public required Dimension? By { get; init; }

    /// <summary>Most rows of a page.</summary>
    public required int Size { get; init; }

    /// <summary>The row that the page follows; null for the first page.</summary>
    public required RowPlace? After { get; init; }

    /// <summary>The address but for the cursor and the size: what a cursor belongs to.</summary>
    public required string Question { get; init; }

    public required DateTimeOffset Now { get; init; }

    public DateTimeOffset KnownAt => Query.AsOf ?? Now;

    /// <summary>Whether medians are wanted.</summary>
    public required bool WithDurations { get; init; }

    public MetricQuery For(string metric) => Query.For(Who.Viewer, metric) with { WithDurations = WithDurations };

    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<ApiRequest?> BindAsync(HttpContext http)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var company = http.Standing().Company;
        var given = http.Request.Query;
        var (query, problems) = new PageQueryReader(
            new QueryCollection(given.Where(pair => !OwnWords.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value)), company, now).Read();
        var all = new List<string>(Unknown(http));
        all.AddRange(problems);
        var question = QuestionOf(http.Request);
        return ValueTask.FromResult<ApiRequest?>(new ApiRequest
        {
            Who = http.SignedIn(),
            Company = company,
            Query = query,
            By = given.ContainsKey("by") ? query.By : null,
            Size = SizeOf(given["size"], all),
            After = PlaceOf(given["cursor"], question, all),
            Question = question,
            WithDurations = WithDurationsOf(given["durations"], all),
            Now = now,
            Problems = all,
        });
    }

    private static IEnumerable<string> Unknown(HttpContext http)
    {
        var known = http.GetEndpoint()!.Metadata.GetRequiredMetadata<ApiParameters>();
        return http.Request.Query.Keys.Where(name => !known.Knows(name))
            .Select(name => known.All.Count == 0
                ? $"“{name}” is no parameter of this address: it takes none."
                : $"“{name}” is no parameter of this address. There is: {string.Join(", ", known.All.Select(parameter => parameter.Name))}.");
    }

    private static int SizeOf(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text)) return ApiParameter.UsualSize;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= ApiParameter.LargestSize) return size;
        problems.Add($"“{text}” is no size: a page has 1 to {ApiParameter.LargestSize} rows. Follow next for the rest.");
        return ApiParameter.UsualSize;
    }

    private static bool WithDurationsOf(string? text, List<string> problems)
    {
        if (text is not (null or "" or "yes" or "no")) problems.Add($"“{text}” is no choice: durations are given with yes, and left out with no.");
        return text != "no";
    }

    private static RowPlace? PlaceOf(string? text, string question, List<string> problems)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Cursor.TryRead(text, question, out var place)) return place;
        problems.Add("The cursor is not of this question. Take next of the page before, or leave it out for the first page.");
        return null;
    }

    private static string QuestionOf(HttpRequest request) => request.Path + string.Concat(request.Query
        .Where(pair => !OwnWords.Contains(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select((pair, i) => $"{(i == 0 ? '?' : '&')}{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}"));
}
