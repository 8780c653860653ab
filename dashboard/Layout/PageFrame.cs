using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Filters;
using Microsoft.AspNetCore.Antiforgery;
using Npgsql;

namespace Followthrough.Dashboard.Layout;

/// <summary>What every page behind the sign-in knows: who asks, for what, of which company, how fresh it is. Bound from the request.</summary>
public sealed record PageFrame
{
    /// <summary>Whose figures these are and in which zone its days begin.</summary>
    public required Company Company { get; init; }

    /// <summary>Who asks and what he may do.</summary>
    public required SignedIn Who { get; init; }

    /// <summary>For whom figures are computed.</summary>
    public Viewer Viewer => Who.Viewer;

    /// <summary>What the address asks for.</summary>
    public required PageQuery Query { get; init; }

    /// <summary>What in the address could not be understood, in sentences; the page is then not made.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The page's path.</summary>
    public required string Path { get; init; }

    public required Freshness Freshness { get; init; }

    /// <summary>The quarters that are closed.</summary>
    public required EditionList Editions { get; init; }

    /// <summary>The one instant that everything on the page calls now.</summary>
    public required DateTimeOffset Now { get; init; }

    public required FormToken Token { get; init; }

    /// <summary>The zone times are shown in: the reader's own. Days and periods are the company's.</summary>
    public TimeZoneInfo Zone => Who.Zone ?? Company.Zone;

    /// <summary>Today in the company's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Company.Zone).DateTime);

    /// <summary>The moment whose knowledge the page shows.</summary>
    public DateTimeOffset KnownAt => Query.AsOf ?? Now;

    /// <summary>The day of <see cref="KnownAt"/> in the company's zone; the end of a day belongs to that day.</summary>
    public DateOnly KnownDay => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Query.AsOf?.AddTicks(-1) ?? Now, Company.Zone).DateTime);

    /// <summary>Binds a handler's parameter.</summary>
    public static async ValueTask<PageFrame?> BindAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var db = services.GetRequiredService<NpgsqlDataSource>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var standing = http.Features.Get<Standing>() ?? await Standing.ReadAsync(db, http.User, http.RequestAborted)
            ?? throw new InvalidOperationException("Nobody is signed in here.");
        var company = standing.Company;
        var (query, problems) = new PageQueryReader(http.Request.Query, company, now).Read();
        if (query.Account is { } key) query = query with { Account = await SurvivingAccount.KeyAsync(db, key, query.AsOf ?? now, http.RequestAborted) };
        return new PageFrame
        {
            Company = company,
            Who = standing.Who,
            Query = query,
            Problems = problems,
            Path = http.Request.Path,
            Freshness = await Freshness.ReadAsync(db, http.RequestAborted),
            Editions = await services.GetRequiredService<FigureCache>().EditionsAsync(db, standing.Version, http.RequestAborted),
            Now = now,
            Token = FormToken.For(http, services.GetRequiredService<IAntiforgery>()),
        };
    }
}
