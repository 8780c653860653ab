using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Compensation;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>The ledger as a list: filtered, sorted, paged, and as a file of exactly what is filtered.</summary>
internal static class CommitmentsEndpoint
{
    internal const string Path = "/commitments";

    internal static void MapCommitments(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ShowAsync);
    }

    /// <summary>The metric whose commitments a query lists.</summary>
    internal static MetricQuery Asked(PageFrame frame) => frame.Query.For(frame.Viewer, MetricWords.OfKind(frame.Query.Kind).Id);

    private static async Task<IResult> ShowAsync(PageFrame frame, MetricReader metrics, NpgsqlDataSource db, CancellationToken cancellation)
    {
        var query = Asked(frame);
        var (sort, descending, size) = (frame.Query.Sort, frame.Query.Descending, frame.Query.Size);
        var choices = FilterChoices.ReadAsync(db, frame.Viewer, frame.Query.Account, cancellation);
        var model = new CommitmentsModel
        {
            Frame = frame,
            Page = await metrics.RowsAsync(query, sort, descending, (frame.Query.Page - 1) * size, size, cancellation),
            Value = await metrics.CommitmentsAsync(query with { Status = null }, cancellation),
            Choices = await choices,
            Statement = await StatementWay.ReadAsync(frame, db, query.Metric, cancellation),
        };
        // A page past the end, from an old link: the last one there is.
        return model.Page.Rows.Count == 0 && frame.Query.Page > model.Pages
            ? Results.LocalRedirect(frame.Query.Same(Path, ("page", $"{model.Pages}")))
            : Screen.Of<CommitmentsPage>(model);
    }
}
