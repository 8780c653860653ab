using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Followthrough.Ingest.Loading;

/// <summary>Reads a source on another thread while what it gave is being worked on.</summary>
internal static class ReadAhead
{
    /// <summary>The same elements in the same order; a failure of the source comes after what it gave before.</summary>
    /// <param name="source">What to read.</param>
    /// <param name="most">How many elements may wait.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async IAsyncEnumerable<T> Of<T>(IAsyncEnumerable<T> source, int most, [EnumeratorCancellation] CancellationToken ct)
    {
        var waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(most) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = Task.Run(() => ReadAsync(source, waiting.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var element in waiting.Reader.ReadAllAsync(ct)) yield return element;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> waiting, CancellationToken stop)
    {
        try
        {
            await foreach (var element in source.WithCancellation(stop)) await waiting.WriteAsync(element, stop);
            waiting.Complete();
        }
        catch (Exception e)
        {
            // Whatever it is, it is the reader's to hear.
            waiting.Complete(e);
        }
    }
}
