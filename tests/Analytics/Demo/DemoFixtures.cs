
namespace Followthrough.Tests.Analytics.Demo;

/// <summary>One company shared by the tests of a class, which only read it.</summary>
public abstract class DemoFixture(int? accounts) : IAsyncLifetime
{
    public DemoFiles Files { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Files = await DemoFiles.WriteAsync(accounts);

    public ValueTask DisposeAsync()
    {
        Files.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Sixty customers.</summary>
public sealed class SmallDemo() : DemoFixture(60);

/// <summary>All customers of scale 1.</summary>
public sealed class FullDemo() : DemoFixture(null);
