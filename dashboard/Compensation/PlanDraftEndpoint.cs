using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mappings;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Writing a plan: a form for the usual things and the text itself, both at once, with what comes of it beside; saved with a day and a reason.</summary>
internal static class PlanDraftEndpoint
{
    internal const string New = PlansEndpoint.Path + "/new";
    internal const string Draft = PlansEndpoint.Path + "/draft";

    // Fields of the form are named after their place in the plan.
    internal const string Field = "f.";

    private const int Longest = 100_000;

    private const string PaysYou = "This plan pays you, or did: somebody else changes it.";

    internal static void MapPlanDraft(this IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("").Needs(Right.PreparePay);
        desk.MapGet(New, BeginAsync);
        desk.MapGet(PlansEndpoint.Path + "/{id}/edit", EditAsync);
        desk.MapPost(Draft, (PageFrame frame, IFormCollection form) => Draw(frame, form));
        desk.MapPost(PlansEndpoint.Path, SaveAsync);
        desk.MapPost(PlansEndpoint.Path + "/{id}/versions/{version:int}/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> BeginAsync(PageFrame frame, PayPlanStore plans, string? like, CancellationToken ct)
    {
        var id = PlanFiles.Examples.Contains(like) ? like! : PlanFiles.Examples[0];
        var taken = (await plans.AllAsync(ct)).Select(v => v.PlanId).ToHashSet();
        var free = id;
        for (var i = 2; taken.Contains(free); i++) free = $"{id}-{i}";
        var yaml = PlanFiles.Example(id, frame.Company.Currency ?? "EUR").Replace($"plan: {id}", $"plan: {free}", StringComparison.Ordinal);
        return Page(frame, null, 0, yaml, Day(PayPeriods.Of(PayFrequency.Quarter, frame.Today).End), "", []);
    }

    private static async Task<IResult> EditAsync(PageFrame frame, PayPlanStore plans, string id, CancellationToken ct) =>
        (await plans.VersionsAsync(id, ct)) is [var newest, ..] all && PayPlanVersion.Newest(all) is var like
            ? Page(frame, id, newest.Version, like.Document, Day(PayPeriods.Of(like.Plan.Every, frame.Today).End), "", [])
            : Results.NotFound();

    private static async Task<IResult> SaveAsync(PageFrame frame, PayPlanStore plans, PayMembers members, PlanDesk desk, IFormCollection form, CancellationToken ct)
    {
        var (yaml, plan) = (TextOf(form), PlanOf(form));
        var problems = new List<string>();
        if (yaml.Length > Longest) return Page(frame, form, [$"The text has {Wording.Figures.Count(yaml.Length)} characters; expected at most {Wording.Figures.Count(Longest)}."]);
        var reading = PlanDocument.Read(yaml, frame.Company.Currency);
        if (reading.Plan is null) problems.Add("The plan was not saved: what is wrong with it stands beside its text.");
        if (plan is not null && reading.Plan is { } read && read.Id != plan) problems.Add($"A plan keeps its id: expected “plan: {plan}”, found “{read.Id}”.");
        if (!DateOnly.TryParseExact(form["from_day"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)) problems.Add($"“{form["from_day"]}” is no day from which it holds; expected one such as {Day(frame.Today)}.");
        if (plan is not null && PlansEndpoint.Pays(await members.OfAsync(plan, ct), frame)) problems.Add(PaysYou);
        if (problems.Count > 0) return Page(frame, form, problems);
        var refused = await desk.DoAsync(frame.Viewer.Name, PlanDesk.PlanChanged, async connection =>
            [await plans.AppendAsync(connection, yaml, frame.Company.Currency, from, frame.Viewer.Name, form["reason"].ToString(), ExpectedOf(form), ct)], ct);
        return refused is null ? Results.LocalRedirect(PlansEndpoint.Of(reading.Plan!.Id) + "?saved=true") : Page(frame, form, [refused]);
    }

    private static async Task<IResult> WithdrawAsync(
        PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, PlanDesk desk, string id, int version, [FromForm] string? reason, CancellationToken ct)
    {
        if ((await plans.VersionsAsync(id, ct)).All(v => v.Version != version)) return Results.NotFound();
        var refused = PlansEndpoint.Pays(await members.OfAsync(id, ct), frame) ? PaysYou : await desk.DoAsync(frame.Viewer.Name, PlanDesk.PlanChanged, async connection =>
            [await plans.WithdrawAsync(connection, id, version, frame.Today, frame.Viewer.Name, reason ?? "", ct)], ct);
        return refused is null ? Results.LocalRedirect(PlansEndpoint.Of(id) + "#versions") : await PlansEndpoint.ShowAsync(frame, db, plans, members, id, version, false, ct, [refused]);
    }

    private static IResult Draw(PageFrame frame, IFormCollection form) => Edited(TextOf(form), form) is { } yaml
        ? Page(frame, form, yaml, [])
        : Page(frame, form, ["That list is written on one line; expected a line for each block. Change it in the text."]);

    // What a button does to whole blocks; null where it cannot be done.
    private static string? Edited(string yaml, IFormCollection form) => form["edit"].ToString().Split(' ') switch
    {
        ["earlier", var path] => PlanBlocks.Earlier(yaml, path),
        ["later", var path] => PlanBlocks.Later(yaml, path),
        ["without", var path] => PlanBlocks.Without(yaml, path),
        ["add", var kind] when NewBlock.Kinds.TryGetValue(kind, out var list) && NewBlock.Metrics.FirstOrDefault(m => m.Id == form["metric"]) is { } metric =>
            PlanBlocks.With(yaml, list, NewBlock.Lines(kind, metric, [.. PlanBlocks.Of(yaml).Where(b => b.List == list).Select(b => b.Id)])),
        _ => yaml,
    };

    private static IResult Page(PageFrame frame, IFormCollection form, IReadOnlyList<string> problems) => Page(frame, form, TextOf(form), problems);

    private static IResult Page(PageFrame frame, IFormCollection form, string yaml, IReadOnlyList<string> problems) =>
        Page(frame, PlanOf(form), ExpectedOf(form), yaml, form["from_day"].ToString(), form["reason"].ToString(), problems);

    private static IResult Page(PageFrame frame, string? plan, int expected, string yaml, string from, string reason, IReadOnlyList<string> problems) =>
        Screen.Of<PlanDraftPage>(new PlanDraftModel
        {
            Frame = frame,
            PlanId = plan,
            Expected = expected,
            Yaml = yaml,
            FromDay = from,
            Reason = reason,
            Problems = problems,
            Reading = PlanDocument.Read(yaml, frame.Company.Currency),
            Fields = PlanFields.Of(yaml),
        }, problems.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);

    private static string? PlanOf(IFormCollection form) => form["plan"].ToString() is { Length: > 0 } plan ? plan : null;

    private static int ExpectedOf(IFormCollection form) => int.TryParse(form["expected"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>The text, with the form's values in it; once it was changed by hand it is newer than the form, which is then left aside.</summary>
    internal static string TextOf(IFormCollection form)
    {
        var yaml = CheckEndpoint.Text(form["yaml"].ToString()).TrimStart('\n');
        if (yaml.Length > Longest || PlanDocument.HashOf(yaml) != form["of"]) return yaml;
        return PlanFields.Apply(yaml, form.Where(f => f.Key.StartsWith(Field, StringComparison.Ordinal)).ToDictionary(f => f.Key[Field.Length..], f => f.Value.ToString()));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
