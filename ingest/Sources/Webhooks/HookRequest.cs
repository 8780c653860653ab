namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>What of a request its signature speaks about.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Address">The address as the sender calls it.</param>
/// <param name="Header">A header's value by name; null when it is not there.</param>
/// <param name="Body">The bytes as they came.</param>
internal sealed record HookRequest(string Method, string Address, Func<string, string?> Header, ReadOnlyMemory<byte> Body);
