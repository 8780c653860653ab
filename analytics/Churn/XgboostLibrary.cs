using System.Reflection;
using System.Runtime.InteropServices;

namespace Followthrough.Analytics.Churn;

/// <summary>XGBoost's C library as the distribution has it. Without it there are no trees, and the logistic model serves.</summary>
internal static class XgboostLibrary
{
    private const string Name = "xgboost";
    private static readonly string[] Files = ["libxgboost.so.0", "libxgboost.so", "libxgboost.dylib", "xgboost.dll"];
    private static readonly Lazy<nint> Handle = new(Load);

    static XgboostLibrary() => NativeLibrary.SetDllImportResolver(typeof(XgboostLibrary).Assembly, (name, _, _) => name == Name ? Handle.Value : 0);

    /// <summary>Whether this machine has it.</summary>
    public static bool IsThere => Handle.Value != 0;

    /// <summary>For example "xgboost 1.7.4".</summary>
    public static string Version
    {
        get
        {
            XGBoostVersion(out var major, out var minor, out var patch);
            return FormattableString.Invariant($"xgboost {major}.{minor}.{patch}");
        }
    }

    /// <summary>Throws what the library says when a call failed.</summary>
    /// <exception cref="ChurnException">It failed.</exception>
    public static void Check(int result)
    {
        if (result == 0) return;
        // Its message has a stack trace below the first line.
        var message = Marshal.PtrToStringUTF8(XGBGetLastError()) ?? "unknown error";
        throw new ChurnException($"XGBoost: {message.Split('\n')[0]}");
    }

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGDMatrixCreateFromMat_omp(float[] data, ulong rows, ulong columns, float missing, out nint matrix, int threads);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGDMatrixSetFloatInfo(nint matrix, [MarshalAs(UnmanagedType.LPUTF8Str)] string field, float[] values, ulong length);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGDMatrixFree(nint matrix);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGBoosterCreate(nint[] matrices, ulong length, out nint booster);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGBoosterFree(nint booster);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGBoosterSetParam(
        nint booster, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGBoosterUpdateOneIter(nint booster, int round, nint matrix);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGBoosterPredict(nint booster, nint matrix, int mask, uint trees, int training, out ulong length, out nint values);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGBoosterSaveModelToBuffer(nint booster, [MarshalAs(UnmanagedType.LPUTF8Str)] string config, out ulong length, out nint bytes);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int XGBoosterLoadModelFromBuffer(nint booster, byte[] bytes, ulong length);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern void XGBoostVersion(out int major, out int minor, out int patch);

    [DllImport(Name, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern nint XGBGetLastError();

    private static nint Load()
    {
        foreach (var file in Files)
            if (NativeLibrary.TryLoad(file, Assembly.GetExecutingAssembly(), null, out var handle))
                return handle;
        return 0;
    }
}
