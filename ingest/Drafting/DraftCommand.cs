using System.CommandLine;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary><c>ingest map draft FILE [--fact FACT] [--name NAME] [--zone ZONE] [--currency CODE] [--accounts] [--staff]</c>.</summary>
internal static class DraftCommand
{
    private const int Failed = 2;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file, or a sample of one." };
        var fact = new Option<string?>("--fact") { Description = "What each record is; without it the likeliest one. 'ingest facts' lists them." };
        var name = new Option<string?>("--name") { Description = "Name of the mapping; without it the file's." };
        var zone = new Option<string?>("--zone") { Description = "IANA zone of times that name none, for example Europe/Paris; without it the company's." };
        var currency = new Option<string?>("--currency") { Description = "ISO 4217 code of amounts that name none; without it the company's." };
        var accounts = new Option<bool>("--accounts") { Description = "Each customer in the file becomes an account too, where no other source brings them in." };
        var staff = new Option<bool>("--staff") { Description = "Each of your people in the file becomes a staff record too, where no other source brings them in." };
        var draft = new Command("draft", "Prints a mapping as far as the file's names and values say it. What is a guess is marked so; what could be two things is left to you.")
        {
            file, fact, name, zone, currency, accounts, staff,
        };
        draft.SetAction((parsed, ct) => RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(fact), parsed.GetValue(name), new DraftKnowledge(parsed.GetValue(zone), parsed.GetValue(currency)),
            made => made with { MakesAccounts = parsed.GetValue(accounts), MakesStaff = parsed.GetValue(staff) }, ct));
        return draft;
    }

    private static async Task<int> RunAsync(
        string file, string? fact, string? name, DraftKnowledge said, Func<MappingDraft, MappingDraft> make, CancellationToken ct)
    {
        try
        {
            if (!File.Exists(file)) throw new SourceFileException($"{file}: there is no such file.");
            if (said.Zone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new MappingException($"There is no time zone '{zone}'; expected an IANA name, for example Europe/Paris.");
            var sample = await SampleReader.ReadAsync(file, Path.GetFileName(file), null, ct);
            var table = fact is null ? Drafts.Facts(sample)[0] : FactTable.Find(fact)
                ?? throw new MappingException($"There is no fact '{fact}'{Nearest.Hint(fact, FactTable.All.Select(t => t.Name))}; expected one of {string.Join(", ", FactTable.All)}.");
            var draft = make(await GuessAsync(sample, table, name ?? FileNames.MappingName(sample.Name), said, ct));
            Console.Write(draft.ToYaml());
            foreach (var problem in DraftProblem.Of(draft, sample)) await Console.Error.WriteLineAsync(problem.Text);
            return 0;
        }
        catch (Exception e) when (e is SourceFileException or MappingException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    // An installation knows the company's zone and currency, and under which source its records are known.
    private static async Task<MappingDraft> GuessAsync(Sample sample, FactTable table, string name, DraftKnowledge said, CancellationToken ct)
    {
        await using var store = await Installation.OpenAsync(ct);
        if (store is null) return Drafts.Guess(sample, table, name, said);
        var company = await Company.ReadAsync(store.DataSource, ct);
        var known = new DraftKnowledge(said.Zone ?? (company.Zone.HasIanaId ? company.Zone.Id : null), said.Currency ?? company.Currency);
        return await KnownKeys.PreferAsync(store.DataSource, Drafts.Guess(sample, table, name, known), sample, ct);
    }
}
