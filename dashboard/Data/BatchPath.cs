using System.Globalization;

namespace Followthrough.Dashboard.Data;

/// <summary>The address of one batch.</summary>
internal static class BatchPath
{
    internal const string Route = DataEndpoint.Path + "/batches/{id:long}";

    internal static string Of(long batch) => string.Create(CultureInfo.InvariantCulture, $"{DataEndpoint.Path}/batches/{batch}");
}
