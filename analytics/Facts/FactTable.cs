using System.Reflection;
using System.Text.Json;

namespace Followthrough.Analytics.Facts;

/// <summary>A fact's table as its record describes it: the one source for the canonical file format, the loader and the schema test.</summary>
public sealed class FactTable
{
    private static readonly Dictionary<string, FactTable> ByName = Discover();

    private readonly Dictionary<string, int> _index;

    private FactTable(Type record, StoredAsAttribute fact)
    {
        Record = record;
        Name = fact.Table;
        Reach = fact.Reach;
        HasAccount = record.IsAssignableTo(typeof(AccountFact));
        Columns = [.. OwnFirstInheritedBefore(record).Select(property => FactColumn.Of(property, this))];
        _index = Columns.Select((column, i) => (column.Name, i)).ToDictionary(x => x.Name, x => x.i);
    }

    /// <summary>The record type that describes it.</summary>
    public Type Record { get; }

    /// <summary>Table name; the canonical file is called the same.</summary>
    public string Name { get; }

    /// <summary>Table or view with everything the sources told of it, accounts that were merged into another included.</summary>
    internal string WithAll => Name == "account" ? "account_record" : Name;

    /// <summary>What the ledger recomputes when a row changes.</summary>
    public Reach Reach { get; }

    /// <summary>False for reference data, which belongs to no customer.</summary>
    public bool HasAccount { get; }

    /// <summary>The columns a file may have, in their canonical order.</summary>
    public IReadOnlyList<FactColumn> Columns { get; }

    /// <summary>Every fact in loading order: reference data, accounts, then what refers to them.</summary>
    public static IReadOnlyList<FactTable> All { get; } =
        [.. ByName.Values.OrderBy(t => t.HasAccount).ThenBy(t => t.Name != "account").ThenBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>The table of a record type.</summary>
    public static FactTable Of<T>() where T : Fact => ByName.Values.Single(t => t.Record == typeof(T));

    /// <summary>The table of that name, or null when there is none.</summary>
    public static FactTable? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The column of that name, or null when the fact has none.</summary>
    public FactColumn? Column(string name) => IndexOf(name) is >= 0 and var i ? Columns[i] : null;

    /// <summary>Where the column of that name is among <see cref="Columns"/>, or -1.</summary>
    internal int IndexOf(string name) => _index.GetValueOrDefault(name, -1);

    /// <inheritdoc />
    public override string ToString() => Name;

    private static Dictionary<string, FactTable> Discover() =>
        typeof(Fact).Assembly.GetTypes()
            .Select(type => (type, fact: type.GetCustomAttribute<StoredAsAttribute>()))
            .Where(x => x.fact is not null)
            .Select(x => new FactTable(x.type, x.fact!))
            .ToDictionary(t => t.Name);

    private static IEnumerable<PropertyInfo> OwnFirstInheritedBefore(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(p => p.DeclaringType == typeof(Fact) ? 0 : p.DeclaringType == typeof(AccountFact) ? 1 : 2)
            .ThenBy(p => p.MetadataToken);

    internal static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
