using System.Globalization;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Audits.Projects;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits;

/// <summary>Closed quarters in words.</summary>
internal static class AuditWords
{
    internal static string Of(Cause cause) => cause switch
    {
        Cause.DefinitionChange => "Definition changed",
        Cause.CalendarChange => "Calendar changed",
        Cause.AccountMerge => "Accounts merged",
        Cause.ReAttribution => "Attributed otherwise",
        Cause.Deletion => "Deleted",
        Cause.Correction => "Corrected",
        Cause.LateData => "Came in late",
        Cause.NewData => "Happened since",
        Cause.Unexplained => "Residual",
        _ => throw new ArgumentOutOfRangeException(nameof(cause)),
    };

    internal static string Of(Check check) => check switch
    {
        Check.QuarterIsOver => "The quarter is over",
        Check.SourcesAreFresh => "Sources are fresh",
        Check.LedgerIsCurrent => "The ledger is current",
        Check.TieOutsAgree => "Control totals agree",
        Check.QuarantineIsEmpty => "Nothing waits in quarantine",
        Check.SpotChecksAreDone => "Spot checks are done",
        Check.ProjectsAreAudited => "Projects are audited",
        _ => throw new ArgumentOutOfRangeException(nameof(check)),
    };

    /// <summary>Where a check can be looked into.</summary>
    internal static string LinkOf(Check check, PageFrame frame, Period quarter) => check switch
    {
        Check.SourcesAreFresh => frame.Query.Carry(SourcesEndpoint.Path),
        Check.TieOutsAgree => frame.Query.Carry("/data/tie-out"),
        Check.QuarantineIsEmpty => frame.Query.Carry("/data/quarantine"),
        Check.SpotChecksAreDone => frame.Query.Carry("/commitments", ("period", quarter.Label), ("kind", "spot_check")),
        Check.ProjectsAreAudited when frame.Who.May(Right.Audit) => frame.Query.Carry(AuditPath.Quarter(quarter.Label)),
        // A quarter's audits fall into the next one.
        Check.ProjectsAreAudited => frame.Query.Carry("/commitments", ("period", Period.QuarterOf(quarter.End).Label), ("kind", "project_audit")),
        _ => frame.Query.Carry(DataEndpoint.JobsPath),
    };

    /// <summary>“Q3 2026”, and “Q3 2026, restated (2)”.</summary>
    internal static string Name(Edition edition) => edition.Number == 1 ? PeriodNames.Name(edition.Period) : $"{PeriodNames.Name(edition.Period)}, restated ({edition.Number})";

    /// <summary>A difference in the metric's unit with its sign: shares in percentage points.</summary>
    internal static string Difference(decimal difference, Unit unit, string? currency = null)
    {
        if (difference == 0) return "0";
        var size = unit == Unit.Share ? $"{FirstDigit(Math.Abs(100 * difference), 2)} points" : Size((double)Math.Abs(difference), unit, currency);
        return $"{(difference < 0 ? "−" : "+")}{size}";
    }

    private static string Size(double size, Unit unit, string? currency)
    {
        var text = MeasureWords.Value(size, unit, currency);
        return unit != Unit.Hours && text == MeasureWords.Value(0, unit, currency) ? FirstDigit((decimal)size, 0) + text.TrimStart('0', '.') : text;
    }

    // A difference is none of nothing, so what is smaller than the last decimal has its first digit shown.
    private static string FirstDigit(decimal size, int least) =>
        size.ToString($"F{Math.Clamp(-(int)Math.Floor(Math.Log10((double)size)), least, 8)}", CultureInfo.InvariantCulture);

    internal static string Finding(AuditsModel model)
    {
        var closed = model.Quarters.Count(q => q.Editions.Count > 0);
        return closed == 0 ? "No quarter is closed yet. Closing one writes its figures and rows down for good; what is learned later is explained beside them."
            : $"{Figures.Count(closed, "quarter is", "quarters are")} closed. Their figures never change; what was learned later is explained beside them.";
    }

    internal static string Finding(QuarterModel model) => model switch
    {
        { Quarter.Closing: { Second: not null } } => "Both have signed. The quarter is being written down.",
        { Quarter.Closing: { } closing } => $"Signed by {closing.First.Name}; another person's signature closes it.",
        { Edition: { } edition } => $"Closed by {edition.FirstBy} and {edition.SecondBy}{(edition.Number == 1 ? "" : $", restated: {edition.Reason}")}.",
        { Quarter.IsOver: false } => "Goes on. It can be closed when it is over.",
        _ => "Over and open. Two people close it.",
    };
}
