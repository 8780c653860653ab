using Followthrough.Analytics.Editions;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>
/// Reports that were read a moment ago: who reads one then takes its files along, and all of them are of one moment. One is read at a time, since
/// each asks for every figure there is.
/// </summary>
internal sealed class KeptReports(TimeProvider clock) : IDisposable
{
    private const int Most = 4;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _reading = new(1);
    private readonly Dictionary<string, KeptReport> _kept = [];

    /// <summary>The report of a quarter, read anew when the data have changed or it is too old.</summary>
    /// <param name="quarter">Its label.</param>
    /// <param name="version">Of the data.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="ct">Stops waiting and reading.</param>
    internal async Task<KeptReport> GetAsync(string quarter, string version, Func<Task<(ReportFigures Figures, IReadOnlyList<Bridge> Restated)>> read, CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            if (_kept.GetValueOrDefault(quarter) is { } kept && kept.Version == version && now - kept.At < Lifetime) return kept;
            var (figures, restated) = await read();
            if (_kept.Count >= Most) _kept.Clear();
            return _kept[quarter] = new KeptReport(version, now, figures, restated);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();
}

/// <summary>A report's figures as they were read.</summary>
/// <param name="Version">Of the data.</param>
/// <param name="At">When.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Restated">From as first reported to as now known.</param>
internal sealed record KeptReport(string Version, DateTimeOffset At, ReportFigures Figures, IReadOnlyList<Bridge> Restated);
