using System.Runtime.InteropServices;

namespace Followthrough.Analytics.Churn;

/// <summary>Rows as XGBoost holds them.</summary>
internal sealed class BoosterMatrix : SafeHandle
{
    public BoosterMatrix(FeatureMatrix inputs, IReadOnlyList<bool>? left, int threads)
        : base(0, ownsHandle: true)
    {
        XgboostLibrary.Check(XgboostLibrary.XGDMatrixCreateFromMat_omp(inputs.Values, (ulong)inputs.Rows, (ulong)inputs.Width, float.NaN, out var matrix, threads));
        SetHandle(matrix);
        if (left is not null)
            XgboostLibrary.Check(XgboostLibrary.XGDMatrixSetFloatInfo(matrix, "label", [.. left.Select(l => l ? 1f : 0f)], (ulong)left.Count));
    }

    public override bool IsInvalid => handle == 0;

    public nint Pointer => handle;

    protected override bool ReleaseHandle() => XgboostLibrary.XGDMatrixFree(handle) == 0;
}
