using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>One canonical CSV file: RFC 4180 quoting, LF, UTF-8 without a mark.</summary>
internal abstract class FactFile : IAsyncDisposable
{
    private const int FlushAt = 1 << 16;
    private readonly StreamWriter _writer;

    protected FactFile(FactTable table, string folder)
    {
        _writer = new StreamWriter(Path.Combine(folder, table.Name + ".csv"), append: false, new UTF8Encoding(false), FlushAt);
        Text.AppendJoin(',', table.Columns.Select(c => c.Name)).Append('\n');
    }

    protected StringBuilder Text { get; } = new();

    public long Rows { get; protected set; }

    public static FactFile Create(FactTable table, string folder) =>
        (FactFile)Activator.CreateInstance(typeof(FactFile<>).MakeGenericType(table.Record), table, folder)!;

    /// <summary>Hands the rows so far to the file once they are worth it.</summary>
    public async ValueTask DrainAsync(CancellationToken cancellation)
    {
        if (Text.Length >= FlushAt) await WriteOutAsync(cancellation);
    }

    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await WriteOutAsync(cancellation);
        await _writer.FlushAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task WriteOutAsync(CancellationToken cancellation)
    {
        await _writer.WriteAsync(Text, cancellation);
        Text.Clear();
    }
}

/// <summary>The file of one fact, written from its records so that no required column can be forgotten.</summary>
internal sealed class FactFile<T>(FactTable table, string folder) : FactFile(table, folder) where T : Fact
{
    private static readonly Func<T, object?>[] Getters = [.. FactTable.Of<T>().Columns.Select(Getter)];
    private static readonly Dictionary<object, string> Choices = FactTable.Of<T>().Columns
        .Select(c => Nullable.GetUnderlyingType(c.Property.PropertyType) ?? c.Property.PropertyType)
        .Where(type => type.IsEnum).Distinct()
        .SelectMany(type => Enum.GetValues(type).Cast<object>())
        .ToDictionary(value => value, value => FactTable.Snake(value.ToString()!));

    public void Add(T fact)
    {
        for (var i = 0; i < Getters.Length; i++)
        {
            if (i > 0) Text.Append(',');
            Append(Getters[i](fact));
        }

        Text.Append('\n');
        Rows++;
    }

    private void Append(object? value)
    {
        switch (value)
        {
            case null: break;
            case string text: AppendQuoted(text); break;
            case DateTimeOffset at: Text.Append(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"); break;
            case DateOnly day: Text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}"); break;
            case bool flag: Text.Append(flag ? "true" : "false"); break;
            case Enum choice: Text.Append(Choices[choice]); break;
            default: Text.Append(CultureInfo.InvariantCulture, $"{value}"); break;
        }
    }

    private void AppendQuoted(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0) Text.Append(text);
        else Text.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private static Func<T, object?> Getter(FactColumn column)
    {
        var fact = Expression.Parameter(typeof(T));
        var value = Expression.Convert(Expression.Property(fact, column.Property), typeof(object));
        return Expression.Lambda<Func<T, object?>>(value, fact).Compile();
    }
}
