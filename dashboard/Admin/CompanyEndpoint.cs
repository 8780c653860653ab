using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>The company's name, zone, fiscal year and currency, as <c>analytics company</c> sets them. An empty start asks for them first.</summary>
internal static class CompanyEndpoint
{
    internal const string Path = AdminEndpoint.Path + "/company";

    internal static void MapCompany(this IEndpointRouteBuilder pages)
    {
        var company = pages.MapGroup("").Needs(Right.Users);
        company.MapGet(Path, (PageFrame frame, bool? saved) => Page(frame, CompanyForm.Of(frame.Company), [], saved == true));
        company.MapPost(Path, ChangeAsync);
    }

    private static async Task<IResult> ChangeAsync(PageFrame frame, NpgsqlDataSource db, AccessLog log, IFormCollection given, CancellationToken ct)
    {
        var form = CompanyForm.Read(given);
        if (form.Problems().ToList() is { Count: > 0 } problems) return Page(frame, form, problems, saved: false);
        var after = form.Applied(frame.Company);
        if (after != frame.Company)
        {
            await after.WriteAsync(db, ct);
            await log.WriteAsync(frame.Viewer.Name, LoggedAction.SettingChanged, "company", CompanyForm.InWords(frame.Company), CompanyForm.InWords(after), ct);
        }
        // On an empty start the next thing to do is on the first page.
        return Results.LocalRedirect(frame.Freshness.LastBatchAt is null ? "/?company=saved" : $"{Path}?saved=true");
    }

    private static IResult Page(PageFrame frame, CompanyForm form, List<string> problems, bool saved) =>
        Screen.Of<CompanyPage>(new CompanyModel(frame, form, problems, saved), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

/// <summary>What the company's page draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Form">What the form holds.</param>
/// <param name="Problems">What was wrong with the last try, in sentences.</param>
/// <param name="Saved">Whether it was just saved.</param>
public sealed record CompanyModel(PageFrame Frame, CompanyForm Form, IReadOnlyList<string> Problems, bool Saved);
