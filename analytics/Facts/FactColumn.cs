using System.Reflection;
using System.Runtime.CompilerServices;

namespace Followthrough.Analytics.Facts;

/// <summary>How a column's text is read and stored.</summary>
public enum ColumnKind
{
    /// <summary>Text, trimmed; empty is null.</summary>
    Text,

    /// <summary>ISO 8601 with offset; <c>timestamptz</c>.</summary>
    Instant,

    /// <summary><c>yyyy-MM-dd</c>; <c>date</c>.</summary>
    Day,

    /// <summary>Whole number; <c>integer</c>.</summary>
    Whole,

    /// <summary>Exact decimal; <c>numeric</c>.</summary>
    Number,

    /// <summary>true/false, 1/0, yes/no; <c>boolean</c>.</summary>
    Flag,

    /// <summary>One of a closed set, in snake case; <c>text</c>.</summary>
    Choice,
}

/// <summary>One column of a fact.</summary>
/// <param name="Name">Snake case, the same in file, table and mapping.</param>
/// <param name="Kind">How it is read.</param>
/// <param name="Required">A row without it is rejected.</param>
/// <param name="Nullable">Stored as null when empty; otherwise as the type's zero value.</param>
/// <param name="Choices">Allowed values of a <see cref="ColumnKind.Choice"/>; empty for other kinds.</param>
/// <param name="Property">The record's property.</param>
public sealed record FactColumn(
    string Name, ColumnKind Kind, bool Required, bool Nullable, IReadOnlyList<string> Choices, PropertyInfo Property)
{
    /// <summary>The file's column that names the customer; the table stores its id instead.</summary>
    public bool IsAccount => Name == "account";

    internal static FactColumn Of(PropertyInfo property, FactTable table)
    {
        var name = FactTable.Snake(property.Name);
        var type = System.Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var nullable = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        // An account is its own customer, so its file need not say so twice.
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) && !(table.Name == "account" && name == "account");
        return new FactColumn(name, KindOf(type), required, nullable, ChoicesOf(type), property);
    }

    private static ColumnKind KindOf(Type type) => type switch
    {
        _ when type.IsEnum => ColumnKind.Choice,
        _ when type == typeof(string) => ColumnKind.Text,
        _ when type == typeof(DateTimeOffset) => ColumnKind.Instant,
        _ when type == typeof(DateOnly) => ColumnKind.Day,
        _ when type == typeof(int) => ColumnKind.Whole,
        _ when type == typeof(decimal) => ColumnKind.Number,
        _ when type == typeof(bool) => ColumnKind.Flag,
        _ => throw new NotSupportedException($"A fact cannot have a {type}."),
    };

    private static string[] ChoicesOf(Type type) =>
        type.IsEnum ? [.. Enum.GetNames(type).Select(FactTable.Snake)] : [];
}
