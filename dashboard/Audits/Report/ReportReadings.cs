using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Reports that are being read, so that a page can say how far they are; they go on when it is left.</summary>
internal sealed class ReportReadings(IServiceScopeFactory scopes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReportReading> _readings = [];

    /// <summary>The reading of a quarter's report that goes on, or a new one. What is kept is read in a moment.</summary>
    internal ReportReading Of(PageFrame frame, string quarter)
    {
        lock (_gate)
        {
            if (_readings.TryGetValue(quarter, out var reading) && !reading.Ends.IsCompleted) return reading;
            return _readings[quarter] = Begin(frame, quarter);
        }
    }

    private ReportReading Begin(PageFrame frame, string quarter)
    {
        var reading = new ReportReading();
        // What the request knows ends with it.
        using (ExecutionContext.SuppressFlow()) reading.Ends = Task.Run(() => ReadAsync(frame, quarter, reading));
        return reading;
    }

    private async Task ReadAsync(PageFrame frame, string quarter, ReportReading reading)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReportReader>().ReadAsync(frame, quarter, reading, CancellationToken.None);
    }
}

/// <summary>How far a report is read.</summary>
internal sealed class ReportReading : IProgress<double>
{
    private double _share;

    /// <summary>From 0 to 1.</summary>
    internal double Share => Volatile.Read(ref _share);

    /// <summary>Ends with it, well or not: who then asks for the report is told why it fails.</summary>
    internal Task Ends { get; set; } = Task.CompletedTask;

    public void Report(double value) => Volatile.Write(ref _share, value);

    /// <summary>Whether it ends soon; waits that long.</summary>
    internal async Task<bool> EndsWithinAsync(TimeSpan time, CancellationToken ct) => await Task.WhenAny(Ends, Task.Delay(time, ct)) == Ends;
}
