using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Wording;

/// <summary>A metric's own words where a page needs them.</summary>
internal static class MetricWords
{
    extension(CommitmentMetric metric)
    {
        /// <summary>“Answered”, “Invoiced”: what has been done, as a heading.</summary>
        internal string Done => Capital(metric.Fulfilled);

        /// <summary>How a commitment comes into the period.</summary>
        internal string Entered => metric.CountsWhenDue ? "fell due" : "was opened";

        /// <summary>What a rate by month is a rate of.</summary>
        internal string Counted => metric switch
        {
            { IsAnswer: true } => "contacts opened in the month",
            { CountsWhenDue: true } => "those due in the month",
            _ => "those opened in the month",
        };

        /// <summary>True for the answer within 24 hours, which alone has a second clock and a history of what was said.</summary>
        internal bool IsAnswer => metric.Kind == MetricCatalogue.Respond24H.Kind;

        /// <summary>True where a contact opens it, so that it has a channel and reminders.</summary>
        internal bool IsContact => metric.Kind is "respond" or "call_back";

        /// <summary>The kind as addresses name it; null for the one that needs no naming.</summary>
        internal string? AddressKind => metric.IsAnswer ? null : metric.Kind;
    }

    /// <summary>The metric whose commitments are of that kind; the answers where none is named.</summary>
    internal static CommitmentMetric OfKind(string? kind) =>
        MetricCatalogue.Commitments.FirstOrDefault(metric => metric.Kind == kind) ?? MetricCatalogue.Respond24H;

    /// <summary>A filter by length in words: “4 h to 8 h”, “from 2 days”, “not over”.</summary>
    internal static string Took(Lasted lasted, MetricDefinition metric)
    {
        string Length(double? length) => MeasureWords.Value(length, metric is MeasureMetric measure ? measure.Aggregation == Aggregation.Triangle ? Unit.Count : measure.Unit : Unit.Hours);
        return lasted switch
        {
            { IsOver: false } => metric is CommitmentMetric rate ? $"not {rate.Fulfilled}" : "not over",
            { From: null, Below: null } => metric is CommitmentMetric rate ? rate.Fulfilled : "over",
            { From: null } => $"less than {Length(lasted.Below)}",
            { Below: null } => $"{Length(lasted.From)} or more",
            _ => $"{Length(lasted.From)} to {Length(lasted.Below)}",
        };
    }

    internal static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
}
