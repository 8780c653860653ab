namespace Followthrough.Ingest.Sources.CloudEvents;

/// <summary>What is wrong with one event of a body.</summary>
/// <param name="Event">Its place in the batch, from 0; null when the body as a whole is wrong.</param>
/// <param name="Id">Its id; null where it has none.</param>
/// <param name="Field">The attribute, or the column as <c>data.column</c>; null when it is the event as a whole.</param>
/// <param name="Expected">What stands there and what was expected.</param>
internal sealed record EventProblem(int? Event, string? Id, string? Field, string Expected);
