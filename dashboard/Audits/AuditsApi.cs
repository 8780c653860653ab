using Followthrough.Analytics.Editions;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Audits.Projects;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Hooks;
using Npgsql;

namespace Followthrough.Dashboard.Audits;

/// <summary>Quarters, what was reported of them, and their signatures, for programs.</summary>
internal static class AuditsApi
{
    internal static void MapAuditsApi(this IEndpointRouteBuilder api)
    {
        api.MapProjectAuditsApi();
        api.MapGet("/audits", ListAsync).Takes().WithMetadata(new Untagged()).Gives<Listing<QuarterAnswer>>("Quarters: open or closed, their editions and signatures");
        api.MapPost("/audits/{quarter}/signatures", SignAsync).Needs(Right.Close).Changes<SignatureAnswer>("Signs a quarter: the first signature, or the second", StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, NpgsqlDataSource db, ClosingDesk desk, CancellationToken ct)
    {
        var (company, editions) = (request.Company, await EditionList.ReadAsync(db, ct));
        var lines = await QuarterLine.ReadAsync(desk, company, editions, Today(request), ct);
        return Results.Ok(new Listing<QuarterAnswer>([.. lines.Select(QuarterAnswer.Of)], lines.Count, null, null));
    }

    private static async Task<IResult> SignAsync(
        ApiRequest request, HttpContext http, SignatureAsked asked, string quarter, NpgsqlDataSource db, ClosingDesk desk, QuarterSigning signing, CancellationToken ct)
    {
        if (TokenScopes.Refusal(http, TokenScope.Sign) is { } narrow) return narrow;
        if (QuarterReader.PeriodOf(request.Company, await EditionList.ReadAsync(db, ct), quarter) is not { } period) return Results.NotFound();
        if (asked.Read(out var overrides) is { } fault) return Problem.Of(StatusCodes.Status400BadRequest, "The signature cannot be read", fault);
        try
        {
            var isSecond = await desk.FindAsync(period.Label, ct) is not null;
            var closing = isSecond ? await signing.SecondAsync(request.Who, period.Label, ct) : await signing.FirstAsync(request.Who, period, asked.Reason, overrides, ct);
            return Results.Json(SignatureAnswer.Of(closing), statusCode: StatusCodes.Status201Created);
        }
        catch (ClosingException refused)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "The quarter cannot be signed so", refused.Message);
        }
    }

    private static DateOnly Today(ApiRequest request) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(request.Now, request.Company.Zone).DateTime);
}

/// <summary>What a program signs with: why a closed quarter is restated, and why checks that fail are overridden, by check.</summary>
internal sealed record SignatureAsked(string? Reason, IReadOnlyDictionary<string, string>? Overrides)
{
    /// <summary>The overrides by check; what is wrong with them, null when nothing is.</summary>
    internal string? Read(out IReadOnlyDictionary<Check, string> overrides)
    {
        var known = Enum.GetValues<Check>().ToDictionary(PageQuery.Word);
        var given = Overrides ?? new Dictionary<string, string>();
        overrides = given.Where(pair => known.ContainsKey(pair.Key)).ToDictionary(pair => known[pair.Key], pair => pair.Value);
        return given.Keys.FirstOrDefault(name => !known.ContainsKey(name)) is { } unknown ? $"“{unknown}” is no check. There is: {string.Join(", ", known.Keys)}." : null;
    }
}

/// <summary>A close on its way; <paramref name="SecondBy"/> is null while a signature is missing.</summary>
internal sealed record SignatureAnswer(string Period, DateTimeOffset CutOff, string FirstBy, DateTimeOffset FirstAt, string? SecondBy, DateTimeOffset? SecondAt, IReadOnlyList<CheckItem> Checklist)
{
    internal static SignatureAnswer Of(Closing closing) =>
        new(closing.Period.Label, closing.CutOff, closing.First.Name, closing.FirstAt, closing.Second?.Name, closing.SecondAt, closing.Checklist);
}

/// <summary>A quarter: open, signed once, being written, closed or restated; its editions, first to last, and the close on its way.</summary>
internal sealed record QuarterAnswer(PeriodAnswer Period, string State, IReadOnlyList<EditionAnswer> Editions, SignatureAnswer? Closing)
{
    internal static QuarterAnswer Of(QuarterLine line) =>
        new(PeriodAnswer.Of(line.Period), line.State, [.. line.Editions.Select(EditionAnswer.Of)], line.Closing is { } closing ? SignatureAnswer.Of(closing) with { Checklist = [] } : null);
}

/// <summary>What was reported of a quarter; <paramref name="Follows"/> is the hash of the edition before it, null for the first of all.</summary>
internal sealed record EditionAnswer(
    string Name, int Number, DateTimeOffset CutOff, DateTimeOffset ClosedAt, IReadOnlyList<string> SignedBy, string? Reason, string Sha256, string? Follows)
{
    internal static EditionAnswer Of(Edition edition) => new(
        edition.Name, edition.Number, edition.CutOff, edition.ClosedAt, [edition.FirstBy, edition.SecondBy], edition.Reason, edition.Hash, edition.PreviousHash);
}
