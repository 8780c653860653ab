using System.Globalization;
using System.Text.Json;

namespace Followthrough.Analytics.Demo;

/// <summary><c>truth/truth.json</c>, which the loader does not see: what really happened, to check the product's figures against.</summary>
internal sealed class Truth : IAsyncDisposable
{
    private readonly Timeline _timeline;
    private readonly FileStream _file;
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<string, TeamTruth> _teams = Structure.Teams.ToDictionary(t => t.Key, _ => new TeamTruth());

    public Truth(DemoOptions options, Timeline timeline, string folder)
    {
        _timeline = timeline;
        _file = File.Create(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "truth")).FullName, "truth.json"));
        _json = new Utf8JsonWriter(_file);
        _json.WriteStartObject();
        _json.WriteStartObject("options");
        _json.WriteNumber("seed", options.Seed);
        _json.WriteString("anchor", options.Anchor.ToString("O", CultureInfo.InvariantCulture));
        _json.WriteNumber("scale", options.Scale);
        _json.WriteNumber("accounts", options.Accounts);
        _json.WriteEndObject();
        _json.WriteStartArray("obligation_columns");
        foreach (var column in (string[])["account", "opening", "team", "opened_at", "answered_at", "excused"]) _json.WriteStringValue(column);
        _json.WriteEndArray();
        _json.WriteStartArray("obligations");
    }

    public PlantedTruth Planted { get; } = new();

    public long Obligations { get; private set; }

    public void Add(Customer customer, IEnumerable<Obligation> obligations)
    {
        foreach (var obligation in obligations)
        {
            Obligations++;
            _teams[obligation.TeamKey].Add(obligation, _timeline.End);
            Write(customer.Key, obligation);
        }
    }

    public async ValueTask DrainAsync(CancellationToken cancellation)
    {
        if (_json.BytesPending > 1 << 16) await _json.FlushAsync(cancellation);
    }

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        _json.WriteEndArray();
        _json.WriteStartArray("teams");
        foreach (var team in Structure.Teams) WriteTeam(team);
        _json.WriteEndArray();
        _json.WriteStartObject("totals");
        _teams.Values.Aggregate(new TeamTruth(), (sum, team) => sum.Plus(team)).Write(_json);
        _json.WriteEndObject();
        Planted.Write(_json, _teams[Structure.BadTeam]);
        _json.WriteEndObject();
        await _json.FlushAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync();
        await _file.DisposeAsync();
    }

    private void Write(string account, Obligation obligation)
    {
        _json.WriteStartArray();
        _json.WriteStringValue(account);
        _json.WriteStringValue(obligation.OpeningKey);
        _json.WriteStringValue(obligation.TeamKey);
        _json.WriteStringValue(Iso(obligation.OpenedAt));
        if (obligation.AnsweredAt is { } at) _json.WriteStringValue(Iso(at));
        else _json.WriteNullValue();
        _json.WriteBooleanValue(obligation.Excused);
        _json.WriteEndArray();
    }

    private void WriteTeam(TeamPlan team)
    {
        _json.WriteStartObject();
        _json.WriteString("team", team.Key);
        _json.WriteString("name", team.Name);
        _teams[team.Key].Write(_json);
        _json.WriteEndObject();
    }

    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
