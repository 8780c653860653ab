namespace Followthrough.Dashboard.Exports;

/// <summary>A column of rows that leave the house; files and the API call it the same.</summary>
/// <param name="Name">In snake case; stable, since others build on it.</param>
/// <param name="Type">What its values are: <see cref="string"/>, <see cref="DateTimeOffset"/>, <see cref="decimal"/>, <see cref="int"/> or <see cref="bool"/>.</param>
/// <param name="Of">Its value in a row; null when there is none.</param>
internal sealed record Column<T>(string Name, Type Type, Func<T, object?> Of)
{
    internal static Column<T> Text(string name, Func<T, string?> of) => new(name, typeof(string), of);

    internal static Column<T> Instant(string name, Func<T, DateTimeOffset?> of) => new(name, typeof(DateTimeOffset), row => of(row));

    internal static Column<T> Number(string name, Func<T, decimal?> of) => new(name, typeof(decimal), row => of(row));

    internal static Column<T> Whole(string name, Func<T, int?> of) => new(name, typeof(int), row => of(row));

    internal static Column<T> YesNo(string name, Func<T, bool?> of) => new(name, typeof(bool), row => of(row));
}
