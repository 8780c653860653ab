using Followthrough.Analytics.Facts;
using Npgsql;

namespace Followthrough.Ingest.Drafting;

/// <summary>Of the records that a field names: under which sources they are known already.</summary>
/// <param name="Table">The fact whose records are named.</param>
/// <param name="Named">How many the sample names.</param>
/// <param name="BySource">How many of them are known under a source, the most first; empty when none is.</param>
/// <param name="ByName">Of our people: whose name or address exactly one of the known has, by the text, and that one's key; empty for others.</param>
public sealed record KnownKeys(FactTable Table, int Named, IReadOnlyDictionary<string, long> BySource, IReadOnlyDictionary<string, string> ByName)
{
    // Who owes, owns or leads is one of our people.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["account"] = "account",
        ["parent_key"] = "account",
        ["owner_key"] = "staff",
        ["manager_key"] = "staff",
        ["lead_key"] = "staff",
        ["order_key"] = "sales_order",
    };

    private const string Sql = """
        select split_part(k.source_key, ':', 1), count(distinct k.source_key)
        from ({keys}) k
        where position(':' in k.source_key) > 0 and substr(k.source_key, position(':' in k.source_key) + 1) = any($1)
        group by 1
        order by 2 desc, 1
        """;

    // Two people of one name are nobody in particular.
    private const string PeopleSql = """
        select t, min(s.source_key)
        from unnest($1) t
        join staff s on not s.deleted and lower(trim(t)) in (lower(trim(s.name)), lower(trim(s.email)))
        group by t
        having count(*) = 1
        """;

    /// <summary>The fact whose records a column names; null for a column that names none, or what is no fact.</summary>
    public static FactTable? TableOf(FactColumn column) => !ColumnGuess.IsKey(column) ? null
        : FactTable.Find(Others.GetValueOrDefault(column.Name, column.Name.EndsWith("_key", StringComparison.Ordinal) ? column.Name[..^4] : ""));

    /// <summary>Looks up what a field names.</summary>
    public static async Task<KnownKeys> FindAsync(NpgsqlDataSource db, FactTable table, SampleField field, CancellationToken ct)
    {
        var merged = table.Name == "account" ? " union all select source_key from account_merge where undone_at is null" : "";
        await using var command = db.CreateCommand(Sql.Replace("{keys}", $"select source_key from {table.Name} where not deleted{merged}", StringComparison.Ordinal));
        var named = field.Values.Select(v => v.Text).ToArray();
        command.Parameters.AddWithValue(named);
        await using var row = await command.ExecuteReaderAsync(ct);
        var bySource = new Dictionary<string, long>();
        while (await row.ReadAsync(ct)) bySource[row.GetString(0)] = row.GetInt64(1);
        return new KnownKeys(table, field.Values.Count, bySource, table.Name == "staff" ? await ByNameAsync(db, named, ct) : new Dictionary<string, string>());
    }

    private static async Task<Dictionary<string, string>> ByNameAsync(NpgsqlDataSource db, string[] named, CancellationToken ct)
    {
        await using var command = db.CreateCommand(PeopleSql);
        command.Parameters.AddWithValue(named);
        await using var row = await command.ExecuteReaderAsync(ct);
        var byName = new Dictionary<string, string>();
        while (await row.ReadAsync(ct)) byName[row.GetString(0)] = row.GetString(1);
        return byName;
    }

    /// <summary>The draft with, for each key that was guessed, the source under which the most of the records it names are known.</summary>
    public static async Task<MappingDraft> PreferAsync(NpgsqlDataSource db, MappingDraft draft, Sample sample, CancellationToken ct)
    {
        var columns = new List<DraftColumn>();
        foreach (var column in draft.Columns) columns.Add(await PreferAsync(db, draft.Table.Column(column.Name)!, column, sample, ct));
        return draft with { Columns = columns };
    }

    /// <summary>The same for one column.</summary>
    public static async Task<DraftColumn> PreferAsync(NpgsqlDataSource db, FactColumn column, DraftColumn source, Sample sample, CancellationToken ct)
    {
        if (source.Prefix is null || TableOf(column) is not { } table || sample.Field(source.Field) is not { } field) return source;
        var known = await FindAsync(db, table, field, ct);
        // People are named as often as numbered; the words of the field then stand for the keys.
        if (known.ByName.Count > known.BySource.Values.FirstOrDefault()) return source with { Values = known.ByName };
        return known.BySource.Select(s => s.Key).FirstOrDefault() is { } of ? source with { Prefix = of } : source;
    }

    /// <summary>How many are known under a source, in a sentence.</summary>
    public string InWords(string? source)
    {
        var known = BySource.GetValueOrDefault(source ?? "");
        var found = Named == 1 ? known == 0 ? "not known" : "known" : known == Named ? "all known" : known == 0 ? "none of them known" : $"{known} of them known";
        var elsewhere = BySource.Where(s => s.Key != source && s.Value > known).Select(s => Named == 1 ? $" but under {s.Key}" : $", {s.Value} under {s.Key}");
        return $"The sample names {What}, {found} {(source is null ? "as written" : $"under {source}")}{string.Concat(elsewhere)}.{ByNameInWords}";
    }

    private string What => (Table.Name, Named) switch
    {
        ("account", 1) => "1 customer",
        ("account", _) => $"{Named} customers",
        ("staff", 1) => "1 person",
        ("staff", _) => $"{Named} people",
        (var name, 1) => $"1 {name.Replace('_', ' ')}",
        var (name, _) => $"{Named} {name.Replace('_', ' ')}s",
    };

    private string ByNameInWords
    {
        get
        {
            if (ByName.Count == 0) return "";
            var which = Named == 1 ? "this one is" : ByName.Count == 1 ? "1 of them is" : $"{ByName.Count} of them are";
            var first = string.Join(", ", ByName.OrderBy(n => n.Key, StringComparer.Ordinal).Take(2).Select(n => $"{n.Key} is {n.Value}"));
            return $" By name or address {which} known ({first}{(ByName.Count > 2 ? ", …" : "")}).";
        }
    }
}
