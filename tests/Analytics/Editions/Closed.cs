using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Editions;

/// <summary>Quarters closed as two people close them.</summary>
internal static class Closed
{
    internal static readonly Signer Ann = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "ann", "hr:Ann");
    internal static readonly Signer Bob = new(Guid.Parse("00000000-0000-0000-0000-00000000000b"), "bob", "hr:Bob");

    /// <summary>A reason for everything that can be overridden.</summary>
    internal static readonly IReadOnlyDictionary<Check, string> Overrides = Enum.GetValues<Check>().ToDictionary(check => check, check => $"{check} was looked at by hand");

    internal static ClosingDesk Desk(World world) => new(world.Database.DataSource, world.Clock);

    /// <summary>Signed twice and not yet written.</summary>
    internal static async Task<Closing> SignAsync(World world, string quarter, string? reason, CancellationToken ct)
    {
        Assert.True(Period.TryParse(quarter, out var period));
        await Desk(world).SignAsync(period, Ann, reason, Overrides, ct);
        return await Desk(world).SignSecondAsync(quarter, Bob, ct);
    }

    internal static async Task<Edition> CloseAsync(World world, string quarter, CancellationToken ct, string? reason = null) =>
        await new EditionWriter(world.Database.DataSource, world.Clock).WriteAsync(await SignAsync(world, quarter, reason, ct), null, ct);
}
