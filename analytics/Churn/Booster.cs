using System.Globalization;
using System.Runtime.InteropServices;

namespace Followthrough.Analytics.Churn;

/// <summary>A set of trees as XGBoost holds it. One thread at a time.</summary>
internal sealed class Booster : SafeHandle
{
    private const int Margin = 1, Contributions = 4;

    /// <summary>Trees yet to be grown on rows that stay with them.</summary>
    public Booster(IReadOnlyList<BoosterMatrix> matrices, IEnumerable<KeyValuePair<string, string>> parameters)
        : base(0, ownsHandle: true)
    {
        XgboostLibrary.Check(XgboostLibrary.XGBoosterCreate([.. matrices.Select(m => m.Pointer)], (ulong)matrices.Count, out var booster));
        SetHandle(booster);
        foreach (var (name, value) in parameters) Set(name, value);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Trees that were saved.</summary>
    public static Booster Load(byte[] bytes, int threads)
    {
        var booster = new Booster([], []);
        XgboostLibrary.Check(XgboostLibrary.XGBoosterLoadModelFromBuffer(booster.handle, bytes, (ulong)bytes.Length));
        booster.Set("nthread", threads.ToString(CultureInfo.InvariantCulture));
        return booster;
    }

    public void Grow(int round, BoosterMatrix matrix) => XgboostLibrary.Check(XgboostLibrary.XGBoosterUpdateOneIter(handle, round, matrix.Pointer));

    /// <summary>Log-odds by row, or what each input adds to them; of the first so many trees, 0 for all.</summary>
    public float[] Predict(BoosterMatrix matrix, bool contributions = false, int trees = 0)
    {
        XgboostLibrary.Check(XgboostLibrary.XGBoosterPredict(handle, matrix.Pointer, contributions ? Contributions : Margin, (uint)trees, 0, out var length, out var values));
        var copy = new float[length];
        // The library keeps the values until its next prediction.
        Marshal.Copy(values, copy, 0, copy.Length);
        return copy;
    }

    public byte[] Save()
    {
        XgboostLibrary.Check(XgboostLibrary.XGBoosterSaveModelToBuffer(handle, """{"format":"json"}""", out var length, out var bytes));
        var copy = new byte[length];
        Marshal.Copy(bytes, copy, 0, copy.Length);
        return copy;
    }

    protected override bool ReleaseHandle() => XgboostLibrary.XGBoosterFree(handle) == 0;

    private void Set(string name, string value) => XgboostLibrary.Check(XgboostLibrary.XGBoosterSetParam(handle, name, value));
}
