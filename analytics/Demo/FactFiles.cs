using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>The canonical files of all facts in one folder, open for writing.</summary>
internal sealed class FactFiles(string folder) : IAsyncDisposable
{
    private readonly Dictionary<Type, FactFile> _files = FactTable.All.ToDictionary(t => t.Record, t => FactFile.Create(t, folder));

    public IReadOnlyDictionary<string, long> Rows => FactTable.All.ToDictionary(t => t.Name, t => _files[t.Record].Rows);

    public void Add<T>(T fact) where T : Fact => ((FactFile<T>)_files[typeof(T)]).Add(fact);

    public async Task DrainAsync(CancellationToken cancellation)
    {
        foreach (var file in _files.Values) await file.DrainAsync(cancellation);
    }

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        foreach (var file in _files.Values) await file.CompleteAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values) await file.DisposeAsync();
    }
}
