using Followthrough.Analytics.Churn;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Tests of the trees are skipped on a machine without the library, and fail in CI.</summary>
internal static class XgboostRequired
{
    internal static void OrSkip()
    {
        if (!XgboostLibrary.IsThere && !TestServer.IsRequired) Assert.Skip("libxgboost is not on this machine.");
    }
}
