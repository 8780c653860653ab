using System.Text.Json;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>A body that was sent to us and whose sender is known.</summary>
/// <param name="Sender"><c>hook:</c> and the source's name, or <c>api:</c> and the token's.</param>
/// <param name="Key">By what it is known when it comes again.</param>
/// <param name="Mapping">What its fields mean.</param>
/// <param name="Body">The bytes as they came.</param>
internal sealed record Delivery(string Sender, HookKey Key, Mapping Mapping, ReadOnlyMemory<byte> Body)
{
    /// <summary>What its batch is called.</summary>
    public string Name => $"{Sender.Replace(':', '-')}-{Key.Fingerprint[..12]}.json";
}

/// <summary>How a delivery ended.</summary>
internal enum ReceiptKind
{
    /// <summary>It is in, now or since an earlier time; the answer is the same.</summary>
    In,

    /// <summary>Its key stands for another body.</summary>
    OtherBody,

    /// <summary>It has no records where they should be.</summary>
    Unreadable,
}

/// <summary>What became of a delivery.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Text">The answer as JSON when it is in, else what is wrong with it.</param>
internal sealed record Receipt(ReceiptKind Kind, string Text)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The answer to a delivery whose batch is written.</summary>
    public static Receipt Of(FileReport report) => new(ReceiptKind.In, JsonSerializer.Serialize(
        new { report.Batch, report.Read, report.Added, report.Changed, report.Unchanged, report.Rejected, report.Released, report.Problems }, Snake));
}
