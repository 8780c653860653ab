using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Accounts whose volumes several people share, for who prepares pay.</summary>
internal static class SplitsEndpoint
{
    internal const string Path = "/pay/splits";

    /// <summary>How many people the form has room for.</summary>
    internal const int Places = 5;

    internal static void MapSplits(this IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("").Needs(Right.PreparePay);
        desk.MapGet(Path, (PageFrame frame, NpgsqlDataSource db, CreditSplits splits, bool? saved, CancellationToken ct) => PageAsync(frame, db, splits, new FormCollection(null), [], saved == true, ct));
        desk.MapPost(Path, SetAsync);
    }

    private static async Task<IResult> SetAsync(PageFrame frame, NpgsqlDataSource db, CreditSplits splits, PlanDesk desk, IFormCollection form, CancellationToken ct)
    {
        var (problems, shares) = (new List<string>(), new List<CreditShare>());
        if (!DateOnly.TryParseExact(form["from"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)) problems.Add($"“{form["from"]}” is no day; expected one such as 2026-07-01.");
        var account = form["account"].ToString().Trim();
        if (account.Length == 0) problems.Add("Say which account is shared.");
        for (var i = 0; i < Places; i++)
        {
            var (staff, share) = (form[$"staff{i}"].ToString(), form[$"share{i}"].ToString().Trim());
            if (staff.Length == 0 && share.Length == 0) continue;
            if (staff.Length == 0) problems.Add($"Nobody is named for the share of {share} %.");
            else if (!decimal.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)) problems.Add($"“{share}” is no share in percent; expected one such as 60.");
            else shares.Add(new CreditShare(staff, percent / 100, form[$"overlay{i}"].Count > 0));
        }
        if (problems.Count == 0 && shares.Count == 0 && form["end"].Count == 0) problems.Add("Nobody shares it; expected people with shares, or “end the split”.");
        if (problems.Count > 0) return await PageAsync(frame, db, splits, form, problems, false, ct);
        var refused = await desk.DoAsync(frame.Viewer.Name, PlanDesk.SplitChanged, async connection =>
            [await splits.SetAsync(connection, account, from, form["end"].Count > 0 ? [] : shares, frame.Viewer.Name, ct)], ct);
        return refused is null ? Results.LocalRedirect(Path + "?saved=true") : await PageAsync(frame, db, splits, form, [refused], false, ct);
    }

    private static async Task<IResult> PageAsync(PageFrame frame, NpgsqlDataSource db, CreditSplits splits, IFormCollection form, List<string> problems, bool saved, CancellationToken ct) =>
        Screen.Of<SplitsPage>(
            new SplitsModel(frame, await splits.OfAsync(null, ct), (await FilterChoices.ReadAsync(db, frame.Viewer, null, ct)).People, form, problems, saved),
            problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
}

/// <summary>What the page of shared accounts draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Splits">By account.</param>
/// <param name="People">Who can share.</param>
/// <param name="Form">As it was filled in.</param>
/// <param name="Problems">What was wrong with it, in sentences.</param>
/// <param name="Saved">Whether it was just saved.</param>
public sealed record SplitsModel(PageFrame Frame, IReadOnlyList<CreditSplit> Splits, IReadOnlyList<FilterChoice> People, IFormCollection Form, IReadOnlyList<string> Problems, bool Saved);
