using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Store;

/// <summary>The password of a server of one's own, given as a file.</summary>
public sealed class PasswordFileTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private const string Server = "Host=db;Database=a;Username=b";

    private readonly DirectoryInfo _folder = TestFolder.Create("password-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_store_opens_with_the_password_of_the_file()
    {
        var whole = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var file = Secret(whole.Password + "\n", UnixFileMode.UserRead);
        whole.Remove("Password");

        var complete = await StoreConnection.CompleteAsync(whole.ConnectionString, file, Cancellation);
        await using var store = await AnalyticsStore.OpenAsync(DataFolder.At(_folder.FullName), complete, AnalyticsStore.Patience, TimeProvider.System, Cancellation);

        await using var command = store.DataSource.CreateCommand("select 1");
        Assert.Equal(1, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Without_a_file_the_connection_string_stays_as_it_is()
    {
        Assert.Equal(Server, await StoreConnection.CompleteAsync(Server, null, Cancellation));
        Assert.Null(await StoreConnection.CompleteAsync(null, "", Cancellation));
    }

    [Theory]
    [InlineData(null, "secret", UnixFileMode.UserRead, "FOLLOWTHROUGH_DB_PASSWORD_FILE is given, but no server")]
    [InlineData(Server + ";Password=other", "secret", UnixFileMode.UserRead, "The password is given twice")]
    [InlineData(Server, " \n", UnixFileMode.UserRead, "is empty; expected a secret")]
    [InlineData(Server, "secret", UnixFileMode.UserRead | UnixFileMode.OtherRead, "everybody on this machine may read it")]
    public async Task What_cannot_be_meant_is_refused_in_a_sentence_without_the_secret(string? connection, string secret, UnixFileMode mode, string expected)
    {
        var file = Secret(secret, mode);

        var refused = await Assert.ThrowsAsync<StoreException>(() => StoreConnection.CompleteAsync(connection, file, Cancellation));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("other", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere", (await Assert.ThrowsAsync<StoreException>(() => StoreConnection.CompleteAsync(Server, "/nowhere", Cancellation))).Message, StringComparison.Ordinal);

    private string Secret(string text, UnixFileMode mode)
    {
        var file = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, mode);
        return file;
    }
}
