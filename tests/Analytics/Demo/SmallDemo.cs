using Xunit;

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>One company of 60 customers, shared by the tests that only read.</summary>
public sealed class SmallDemo : IAsyncLifetime
{
    public DemoFiles Files { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Files = await DemoFiles.WriteAsync(60);

    public ValueTask DisposeAsync()
    {
        Files.Dispose();
        return ValueTask.CompletedTask;
    }
}
