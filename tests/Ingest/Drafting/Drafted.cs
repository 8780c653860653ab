using System.Text;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Drafting;
using Followthrough.Ingest.Mappings;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Drafting;

/// <summary>A file, what is found in it, and what its drafted mapping makes of it. No database is needed.</summary>
internal sealed class Drafted : IDisposable
{
    private static readonly DraftKnowledge Berlin = new("Europe/Berlin", "EUR");
    private readonly DirectoryInfo _folder = TestFolder.Create("draft-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal string Name { get; private init; } = "";
    internal Sample Sample { get; private set; } = null!;
    internal MappingDraft Draft { get; set; } = null!;

    internal IReadOnlyList<DraftProblem> Problems => DraftProblem.Of(Draft, Sample);

    private string Path => System.IO.Path.Combine(_folder.FullName, Name);

    internal static Task<Drafted> OfAsync(string name, string content, string fact, DraftKnowledge? known = null) =>
        OfAsync(name, Encoding.UTF8.GetBytes(content), fact, known);

    internal static async Task<Drafted> OfAsync(string name, byte[] content, string fact, DraftKnowledge? known = null)
    {
        var drafted = new Drafted { Name = name };
        await File.WriteAllBytesAsync(drafted.Path, content, Ct);
        drafted.Sample = await SampleReader.ReadAsync(drafted.Path, name, null, Ct);
        drafted.Draft = Drafts.Guess(drafted.Sample, FactTable.Find(fact)!, FileNames.MappingName(name), known ?? Berlin);
        return drafted;
    }

    /// <summary>The draft with a column changed.</summary>
    internal void Change(string column, Func<DraftColumn, DraftColumn> change) =>
        Draft = Draft with { Columns = [.. Draft.Columns.Select(c => c.Name == column ? change(c) : c)] };

    /// <summary>What the draft, as the file it is written as, makes of the sample.</summary>
    internal Task<MapReport> CheckAsync() => new MapCheck(MappingFile.Read(Draft.ToYaml(), "draft.yaml"), Path, Name).RunAsync(Ct);

    public void Dispose() => _folder.Delete(recursive: true);
}
