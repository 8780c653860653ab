namespace Followthrough.Analytics.Demo;

/// <summary>What was written.</summary>
/// <param name="Rows">Rows by fact table.</param>
/// <param name="Obligations">Obligations to respond listed in <c>truth/truth.json</c>.</param>
public sealed record DemoSummary(IReadOnlyDictionary<string, long> Rows, long Obligations);
