namespace Followthrough.Analytics.Store;

/// <summary>Reads the SQL that stands beside the code that runs it.</summary>
internal static class SqlText
{
    /// <summary>The embedded statement at a path within the project of <paramref name="user"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Read(Type user, string path)
    {
        using var stream = user.Assembly.GetManifestResourceStream(path) ?? throw new InvalidOperationException($"{path} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
