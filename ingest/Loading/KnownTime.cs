using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Loading;

/// <summary>When a row counts as known to us.</summary>
internal static class KnownTime
{
    /// <summary>
    /// The moment of loading; for a back-fill of history the source's own stamp (else the event), never later than the load,
    /// so that "as known then" can be asked about the time before the product was installed.
    /// </summary>
    public static DateTimeOffset Of(MappedRow row, bool backfill, DateTimeOffset now)
    {
        if (!backfill) return now;
        var stamped = Instant(row, "source_modified_at") ?? Instant(row, "occurred_at") ?? now;
        return stamped < now ? stamped : now;
    }

    private static DateTimeOffset? Instant(MappedRow row, string column) =>
        row.Cells![row.Table.IndexOf(column)] is { IsNull: false } cell ? cell.Instant : null;
}
