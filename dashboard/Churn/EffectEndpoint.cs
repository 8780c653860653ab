using System.Globalization;
using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>What calling does: customers who were to be called against those who were held out by chance.</summary>
internal static class EffectEndpoint
{
    internal const string Path = "/churn/effect";

    internal static void MapEffect(this IEndpointRouteBuilder pages) => pages.MapGet(Path, ShowAsync);

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, string? days, CancellationToken ct)
    {
        var span = CallListEffect.Spans.FirstOrDefault(d => d.ToString(CultureInfo.InvariantCulture) == days, CallListEffect.Spans[0]);
        return Screen.Of<EffectPage>(new EffectModel(frame, await CallListEffect.ReadAsync(db, frame.Viewer, span, frame.Now, ct)));
    }
}

/// <summary>What the effect page draws.</summary>
public sealed record EffectModel(PageFrame Frame, CallListEffect Effect);
