using Followthrough.Tests.Analytics.Demo;
using Followthrough.Tests.Support;

[assembly: AssemblyFixture(typeof(LoadedDemo))]

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>The whole demo company, loaded as history, with its ledger: made by the first test that asks, and copied for each.</summary>
public sealed class LoadedDemo : IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1);
    private DemoFiles? _files;
    private World? _world;

    /// <summary>What was loaded; only after <see cref="NewWorldAsync"/>.</summary>
    internal DemoFiles Files => _files!;

    /// <summary>A copy of its own for one test or class, at the moment the history ends. Skips the test where there is no server.</summary>
    internal async Task<World> NewWorldAsync()
    {
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await World.LikeAsync(_world ??= await LoadAsync());
        }
        finally
        {
            _once.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
        _files?.Dispose();
        _once.Dispose();
    }

    private async Task<World> LoadAsync()
    {
        var world = await World.CreateAsync();
        world.Clock.Now = new DateTimeOffset(DemoFiles.Anchor, TimeOnly.MinValue, TimeSpan.Zero);
        _files ??= await DemoFiles.WriteAsync(null);
        Assert.Equal(0, (await world.LoadPathAsync(_files.Folder, backfill: true)).ExitCode);
        await world.RefreshAsync();
        return world;
    }
}
