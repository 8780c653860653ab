namespace Followthrough.Ingest.Loading;

/// <summary>A row on its way into its table: the values, where they came from and when they became known.</summary>
internal readonly record struct StagedRow(Cell[] Cells, long BatchId, long Position, DateTimeOffset KnownAt);
