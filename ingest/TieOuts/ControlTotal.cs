using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Ingest.TieOuts;

/// <summary>What a source says it has of a fact in a period.</summary>
/// <param name="Source">The source, as its keys begin.</param>
/// <param name="Fact">The fact.</param>
/// <param name="Period">A calendar month or quarter, or everything.</param>
/// <param name="Currency">Only what is in this currency; empty for all together.</param>
/// <param name="Rows">How many records.</param>
/// <param name="Amount">The sum of the fact's amount; null where the source does not say.</param>
internal sealed record ControlTotal(string Source, FactTable Fact, Period Period, string Currency, long Rows, decimal? Amount)
{
    /// <summary>What the period of everything is called.</summary>
    public const string Everything = "all";

    /// <summary>By what it is told apart from others.</summary>
    public (string Source, string Fact, string Period, string Currency) Key => (Source, Fact.Name, Period.Label, Currency);

    /// <summary>The period of a label; null when it is neither a month, nor a quarter, nor everything.</summary>
    public static Period? PeriodOf(string text)
    {
        if (string.Equals(text, Everything, StringComparison.OrdinalIgnoreCase)) return Period.Always with { Label = Everything };
        if (!Period.TryParse(text, out var period)) return null;
        return period == Period.MonthOf(period.Start) || period == Period.QuarterOf(period.Start) ? period : null;
    }
}

/// <summary>A single record behind a total.</summary>
internal sealed record ControlRecord(string Id, decimal? Amount);
