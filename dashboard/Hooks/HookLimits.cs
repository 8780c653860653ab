using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Followthrough.Dashboard.Hooks;

/// <summary>How often each sender may send: one that sends too much is slowed down, and no other.</summary>
internal sealed class HookLimits(IOptions<HookOptions> options) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> _bySender = PartitionedRateLimiter.Create<string, string>(sender =>
        RateLimitPartition.GetTokenBucketLimiter(sender, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.Burst,
            TokensPerPeriod = options.Value.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    /// <summary>Counts a delivery of a sender whom we know by its signature or token; strangers use up nobody's share.</summary>
    /// <returns>Null when it may go on, else how long to wait.</returns>
    internal TimeSpan? Count(string sender)
    {
        using var lease = _bySender.AttemptAcquire(sender);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
    }

    public ValueTask DisposeAsync() => _bySender.DisposeAsync();
}
