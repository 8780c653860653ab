using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Data;

/// <summary>The address of one fact, or of the commitment where a measure's row is one.</summary>
internal static class RecordPath
{
    internal const string Route = "/data/record/{fact}/{account}/{key}";

    internal static string Of(MeasureRow row, PageQuery query) =>
        query.Carry(CommitmentRule.All.Any(rule => rule.Kind == row.Fact) ? CommitmentPath.Of(row.Fact, row.Account, row.Key) : Of(row.Fact, row.Account, row.Key));

    internal static string Of(string fact, string account, string key) => $"/data/record/{fact}/{CommitmentPath.Encode(account)}/{CommitmentPath.Encode(key)}";
}
