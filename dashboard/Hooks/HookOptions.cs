using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Followthrough.Dashboard.Hooks;

/// <summary>How much programs may send; the section <c>Hooks</c> of the configuration.</summary>
public sealed class HookOptions
{
    /// <summary>Largest body in bytes; 1 MB unless said otherwise.</summary>
    [Range(1_000, 16 << 20)]
    public int LargestBody { get; set; } = 1 << 20;

    /// <summary>Deliveries a sender may make at once, before it is slowed down.</summary>
    [Range(1, 100_000)]
    public int Burst { get; set; } = 200;

    /// <summary>Deliveries a second that a sender may make for long.</summary>
    [Range(1, 10_000)]
    public int PerSecond { get; set; } = 20;
}

/// <summary>Refuses to start with options that make no sense.</summary>
[OptionsValidator]
internal sealed partial class HookOptionsCheck : IValidateOptions<HookOptions>;
