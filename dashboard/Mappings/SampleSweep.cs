namespace Followthrough.Dashboard.Mappings;

/// <summary>Removes uploaded samples whose day is over, also when nobody uploads any more.</summary>
internal sealed class SampleSweep(UploadedSamples samples, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do samples.RemoveOld(clock.GetUtcNow());
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is old by then is removed at the next start.
        }
    }
}
