namespace Followthrough.Ingest.Mappings;

/// <summary>Which webhook bodies a mapping reads, and where their records are.</summary>
/// <param name="When">What must be so of the body, or of its first object where it is a list.</param>
/// <param name="Records">Dotted paths of the objects that are records; empty for the outermost ones.</param>
internal sealed record HookRule(Condition When, IReadOnlyList<string> Records);
