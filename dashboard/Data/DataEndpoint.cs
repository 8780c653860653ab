using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mappings;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Replaying;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>What came in and what there is.</summary>
internal static class DataEndpoint
{
    internal const string Path = "/data";
    internal const string JobsPath = Path + "/jobs";
    internal const int OnPage = 50;

    internal static void AddData(this IServiceCollection services)
    {
        services.AddSingleton<KeptFiles>();
        services.AddSingleton<Replay>();
        services.AddSingleton<AccountMerges>();
        services.AddSingleton<AccountMatches>();
        services.AddMappings();
        services.AddHooks();
    }

    internal static void MapData(this IEndpointRouteBuilder pages)
    {
        pages.MapRecord();
        pages.MapSources();
        pages.MapConnect();
        var data = pages.MapGroup("").Needs(Right.Data);
        data.MapQuarantine();
        data.MapTieOut();
        data.MapIdentity();
        data.MapGet(Path, async (PageFrame frame, NpgsqlDataSource db, CancellationToken cancellation) =>
            Screen.Of<BatchesPage>(new BatchesModel(frame, await Batch.ReadAsync(db, Offset(frame), cancellation), await UnknownPeople.InWordsAsync(db, cancellation))));
        data.MapGet(BatchPath.Route, async (PageFrame frame, NpgsqlDataSource db, long id, CancellationToken cancellation) =>
            await BatchReading.FindAsync(db, id, cancellation) is { } reading ? Screen.Of<BatchPage>(new BatchModel(frame, reading)) : Results.NotFound());
        data.MapGet(Path + "/facts", async (PageFrame frame, NpgsqlDataSource db, CancellationToken cancellation) =>
            Screen.Of<FactsPage>(new FactsModel(frame, await FactCount.ReadAsync(db, cancellation), await UnknownPeople.InWordsAsync(db, cancellation))));
        data.MapGet(JobsPath, async (PageFrame frame, NpgsqlDataSource db, bool? all, CancellationToken cancellation) =>
            Screen.Of<JobsPage>(new JobsModel(
                frame, await Schedule.ReadAsync(db, cancellation), all == true, await Run.ReadAsync(db, all == true, Offset(frame), cancellation))));
    }

    internal static int Offset(PageFrame frame) => (frame.Query.Page - 1) * OnPage;
}

/// <summary>A page of a list and how many there are in all.</summary>
public sealed record Listed<T>(IReadOnlyList<T> Rows, long Total)
{
    /// <summary>Pages there are, at least 1.</summary>
    public int Pages => (int)Math.Max(1, (Total + DataEndpoint.OnPage - 1) / DataEndpoint.OnPage);
}

/// <summary>What the list of batches draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Batches">One page of them.</param>
/// <param name="Missing">What the facts lack, in a sentence; null for nothing.</param>
public sealed record BatchesModel(PageFrame Frame, Listed<Batch> Batches, string? Missing);

/// <summary>What the table of facts draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Facts">Every fact.</param>
/// <param name="Missing">What the facts lack, in a sentence; null for nothing.</param>
public sealed record FactsModel(PageFrame Frame, IReadOnlyList<FactCount> Facts, string? Missing);

/// <summary>What the jobs' page draws; the runs that found nothing to do too when <paramref name="All"/>.</summary>
public sealed record JobsModel(PageFrame Frame, IReadOnlyList<Schedule> Schedules, bool All, Listed<Run> Runs);
