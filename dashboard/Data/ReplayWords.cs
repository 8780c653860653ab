using Followthrough.Dashboard.Wording;
using Followthrough.Ingest.Replaying;

namespace Followthrough.Dashboard.Data;

/// <summary>What trying again did, in words.</summary>
internal static class ReplayWords
{
    /// <summary>“2 new, 1 changed, 0 unchanged facts”.</summary>
    internal static string Facts(ReplayReport report) =>
        $"{Figures.Count(report.Added)} new, {Figures.Count(report.Changed)} changed, {Figures.Count(report.Unchanged)} unchanged facts"
        + (report.Released > 0 ? $"; {Figures.Count(report.Released)} that had waited for their account are in now" : "");

    /// <summary>What is about to be tried again.</summary>
    internal static string Which(ReplayScope what) => what switch
    {
        { Ids.Count: > 0 } => "of the selected records",
        { Reason: { } reason, Batch: { } batch } => $"records of batch {Figures.Count(batch)}, rejected as “{reason.Replace('_', ' ')}”,",
        { Reason: { } reason } => $"records rejected as “{reason.Replace('_', ' ')}”",
        { Batch: { } batch } => $"records of batch {Figures.Count(batch)}",
        _ => "records, all that are open,",
    };
}
