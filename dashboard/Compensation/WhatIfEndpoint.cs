using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What another text of a plan would pay, on the figures there are. Nothing is saved.</summary>
internal static class WhatIfEndpoint
{
    /// <summary>Over how many finished periods a plan is tried.</summary>
    internal const int Tested = 8;

    private const string Step = PlansEndpoint.Path + "/{id}/what-if";

    internal static void MapWhatIf(this IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("").Needs(Right.PreparePay);
        desk.MapGet(Step, BeginAsync);
        desk.MapPost(Step, TryAsync);
        desk.MapPost(PlansEndpoint.Path + "/{id}/back-test", TestAsync);
        desk.MapPost(PlansEndpoint.Path + "/{id}/back-test/{count:int}", TestSomeAsync);
    }

    private static async Task<IResult> BeginAsync(PageFrame frame, PayPlanStore plans, string id, CancellationToken ct) =>
        await ModelAsync(frame, plans, id, null, null, ct) is { } model ? Screen.Of<WhatIfPage>(model) : Results.NotFound();

    private static async Task<IResult> TryAsync(PageFrame frame, NpgsqlDataSource db, MetricReader metrics, TimeProvider clock, PayPlanStore plans, string id, IFormCollection form, CancellationToken ct)
    {
        if (await ModelAsync(frame, plans, id, PlanDraftEndpoint.TextOf(form), form["on"], ct) is not { } model) return Results.NotFound();
        if (model.Tried is null) return Screen.Of<WhatIfPage>(model);
        var trials = await PlanTrials.BeginAsync(db, metrics, clock, model.Tried, model.Yaml, ct);
        return Screen.Of<WhatIfPage>(model with { Trial = await trials.OfAsync(model.Chosen, ct), Locked = await LockedPay.ReadAsync(db, frame.Who.Pay, model.Plan, model.Chosen, ct) });
    }

    private static async Task<IResult> TestAsync(PageFrame frame, NpgsqlDataSource db, MetricReader metrics, TimeProvider clock, PayPlanStore plans, string id, IFormCollection form, CancellationToken ct) =>
        await TestedAsync(frame, db, metrics, clock, plans, id, form, Tested, ct) is { } model ? Screen.Of<WhatIfPage>(model) : Results.NotFound();

    // One period more each time, and the page asks for the next: how far it is can be seen. What was measured for those before is kept.
    private static async Task<IResult> TestSomeAsync(
        PageFrame frame, NpgsqlDataSource db, MetricReader metrics, TimeProvider clock, PayPlanStore plans, string id, int count, IFormCollection form, CancellationToken ct)
    {
        if (count is < 1 or > Tested || await TestedAsync(frame, db, metrics, clock, plans, id, form, count, ct) is not { } model) return Results.NotFound();
        return Screen.Of<BackTestPart>(model with { IsStepwise = true });
    }

    private static async Task<WhatIfModel?> TestedAsync(
        PageFrame frame, NpgsqlDataSource db, MetricReader metrics, TimeProvider clock, PayPlanStore plans, string id, IFormCollection form, int count, CancellationToken ct)
    {
        if (await ModelAsync(frame, plans, id, PlanDraftEndpoint.TextOf(form), null, ct) is not { } model) return null;
        if (model.Tried is null) return model;
        var trials = await PlanTrials.BeginAsync(db, metrics, clock, model.Tried, model.Yaml, ct);
        var tested = new List<PlanTrial>();
        foreach (var period in model.Periods.SkipLast(1).TakeLast(count)) tested.Add(await trials.OfTodayAsync(period, ct));
        return model with { BackTest = tested };
    }

    private static async Task<WhatIfModel?> ModelAsync(PageFrame frame, PayPlanStore plans, string id, string? yaml, string? on, CancellationToken ct)
    {
        var versions = PayPlanVersion.Standing(await plans.VersionsAsync(id, ct));
        if (versions.Count == 0) return null;
        var shown = PayPlanVersion.InForce(versions, frame.Today) ?? versions[0];
        var text = yaml ?? shown.Document;
        var reading = PlanDocument.Read(text, frame.Company.Currency);
        var periods = PlanTrial.Periods(shown.Plan.Every, frame.Today, Tested);
        return new WhatIfModel
        {
            Frame = frame,
            PlanId = id,
            Yaml = text,
            Plan = shown.Plan,
            Reading = reading,
            Fields = PlanFields.Of(text),
            Periods = periods,
            Chosen = periods.FirstOrDefault(p => p.Label == on) ?? periods[^2],
            // Another plan, or other periods, cannot be compared with this one.
            Tried = reading.Plan is { } tried && tried.Id == id && tried.Every == shown.Plan.Every ? tried : null,
        };
    }
}

/// <summary>What the page on which a plan is tried draws.</summary>
public sealed record WhatIfModel
{
    public required PageFrame Frame { get; init; }

    public required string PlanId { get; init; }

    public required string Yaml { get; init; }

    /// <summary>As it is.</summary>
    public required PayPlan Plan { get; init; }

    public required PlanReading Reading { get; init; }

    public required IReadOnlyList<PlanField> Fields { get; init; }

    /// <summary>The last finished ones, and the running one.</summary>
    public required IReadOnlyList<Period> Periods { get; init; }

    public required Period Chosen { get; init; }

    /// <summary>Null when the text has faults.</summary>
    public required PayPlan? Tried { get; init; }

    /// <summary>Null before it is asked for.</summary>
    public PlanTrial? Trial { get; init; }

    /// <summary>What was locked for the same period; null where nothing was, or before it is asked for.</summary>
    public LockedPay? Locked { get; init; }

    /// <summary>Null before it is asked for; of finished periods, the earliest first.</summary>
    public IReadOnlyList<PlanTrial>? BackTest { get; init; }

    /// <summary>Whether the rest of the periods is still to be asked for.</summary>
    public bool IsStepwise { get; init; }

    internal string Money(decimal amount) => amount.ToString("#,0." + new string('0', Plan.Decimals), CultureInfo.InvariantCulture);

    internal string Signed(decimal amount) => amount == 0 ? "±0" : (amount > 0 ? "+" : "−") + Money(Math.Abs(amount));
}
