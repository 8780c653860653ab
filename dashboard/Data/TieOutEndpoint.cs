using Followthrough.Analytics.TieOuts;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.TieOuts;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>What the sources say they have against what is stored, down to the record; and whether every batch adds up.</summary>
internal static class TieOutEndpoint
{
    internal const string Path = DataEndpoint.Path + "/tie-out";

    internal static void MapTieOut(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, async (PageFrame frame, NpgsqlDataSource db, CancellationToken cancellation) =>
            Screen.Of<TieOutPage>(new TieOutModel(
                frame, await Compared.ReadAsync(db, frame.Zone, cancellation), await BatchBalance.ReadAsync(db, cancellation))));
        pages.MapGet(Path + "/{id:long}", RecordsAsync);
    }

    /// <summary>The page of one total.</summary>
    internal static string PathOf(long id) => FormattableString.Invariant($"{Path}/{id}");

    private static async Task<IResult> RecordsAsync(PageFrame frame, NpgsqlDataSource db, long id, CancellationToken cancellation)
    {
        if (await Compared.FindAsync(db, frame.Zone, id, cancellation) is not { } total) return Results.NotFound();
        var (rows, all) = await Difference.ReadAsync(db, frame.Zone, total, DataEndpoint.OnPage, DataEndpoint.Offset(frame), cancellation);
        return Screen.Of<TieOutRecordsPage>(new TieOutRecordsModel(frame, total, new Listed<Difference>(rows, all)));
    }
}

/// <summary>What the tie-out draws.</summary>
public sealed record TieOutModel(PageFrame Frame, IReadOnlyList<Compared> Totals, IReadOnlyList<BatchBalance> Batches);

/// <summary>What the page of one total draws: its differences where the source listed its records, else what is stored.</summary>
public sealed record TieOutRecordsModel(PageFrame Frame, Compared Total, Listed<Difference> Records);
