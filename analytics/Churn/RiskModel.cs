namespace Followthrough.Analytics.Churn;

/// <summary>A fitted model: log-odds of leaving, and what each input adds to them.</summary>
internal abstract class RiskModel : IDisposable
{
    /// <summary>Name and version of what fitted it.</summary>
    public abstract string Library { get; }

    /// <summary>Log-odds by row, not yet calibrated.</summary>
    public abstract double[] LogOdds(FeatureMatrix inputs);

    /// <summary>What each input adds to the log-odds of its row: rows of <c>width + 1</c>, the last being what all rows have in common.</summary>
    public abstract float[] Contributions(FeatureMatrix inputs);

    /// <summary>The model as bytes; equal fits give equal bytes.</summary>
    public abstract byte[] Save();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
