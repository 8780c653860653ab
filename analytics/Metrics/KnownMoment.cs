using System.Data;
using Followthrough.Analytics.Commitments;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// An earlier moment that is worked out once, for whoever asks: its commitments stay in temporary tables of one connection, which one
/// reader at a time has to himself.
/// </summary>
public sealed class KnownMoment : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Task<AsKnown> _built;
    private volatile AsKnown? _known;
    private int _done;
    private int _waiting;
    private bool _isForgotten;

    /// <param name="db">Facts.</param>
    /// <param name="at">The moment.</param>
    /// <param name="version">Of the data.</param>
    /// <param name="build">Held while it is worked out: one after the other, since each takes all of a processor.</param>
    internal KnownMoment(NpgsqlDataSource db, DateTimeOffset at, string version, SemaphoreSlim build)
    {
        (At, Version) = (at, version);
        _built = Task.Run(() => BuildAsync(db, build));
    }

    /// <summary>The moment.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Kinds of commitments there are to derive.</summary>
    public static int Total => CommitmentRule.All.Count;

    /// <summary>Of these, how many are.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Of the data it was derived from.</summary>
    internal string Version { get; }

    /// <summary>Whether it can be asked again; not once it has failed or its connection is lost.</summary>
    internal bool IsGood => !_built.IsCompleted || (_built.IsCompletedSuccessfully && _known is { Connection.State: not (ConnectionState.Broken or ConnectionState.Closed) });

    /// <summary>Whether it is worked out and nobody reads it or waits to.</summary>
    internal bool IsIdle => _built.IsCompleted && Volatile.Read(ref _waiting) == 0;

    /// <summary>Waits until it is worked out; false when it takes longer than that.</summary>
    public async Task<bool> WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        await Task.WhenAny(_built, Task.Delay(patience, ct));
        ct.ThrowIfCancellationRequested();
        return _built.IsCompleted;
    }

    /// <summary>The moment as a snapshot, which nobody else has until it is disposed; null when the moment was forgotten meanwhile.</summary>
    internal async Task<MetricSnapshot?> EnterAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            return await TakeTurnAsync(await _built.WaitAsync(ct), ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Stops working it out, or waits for its reader and forgets it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _turn.WaitAsync();
        try
        {
            _isForgotten = true;
            await using var known = await _built;
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or NpgsqlException)
        {
            // There is nothing to forget.
        }
        finally
        {
            _turn.Release();
        }
        _stop.Dispose();
    }

    private async Task<MetricSnapshot?> TakeTurnAsync(AsKnown known, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (!_isForgotten) await known.ReturnAsync(ct);
        }
        catch
        {
            _turn.Release();
            throw;
        }
        if (!_isForgotten) return await MetricSnapshot.OfAsync(known, hasRollups: true, () => LeaveAsync(known), ct);
        _turn.Release();
        return null;
    }

    private async Task<AsKnown> BuildAsync(NpgsqlDataSource db, SemaphoreSlim build)
    {
        await build.WaitAsync(_stop.Token);
        try
        {
            return await BuildAsync(db);
        }
        finally
        {
            build.Release();
        }
    }

    private async Task<AsKnown> BuildAsync(NpgsqlDataSource db)
    {
        var known = await AsKnown.EnterAsync(db, At, null, _stop.Token);
        try
        {
            await known.KeepAsync(new Count(this), _stop.Token);
            return _known = known;
        }
        catch
        {
            await known.DisposeAsync();
            throw;
        }
    }

    private async ValueTask LeaveAsync(AsKnown known)
    {
        try
        {
            await known.Transaction.DisposeAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed class Count(KnownMoment moment) : IProgress<int>
    {
        public void Report(int value) => Volatile.Write(ref moment._done, value);
    }
}
