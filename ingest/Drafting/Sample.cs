using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary>The beginning of a file that nobody has described yet: what is in it and how it is written.</summary>
public sealed record Sample
{
    /// <summary>What the file was called when it was sent.</summary>
    public required string Name { get; init; }

    /// <summary>Its format in words: <c>CSV, fields separated by semicolons, utf-8</c>.</summary>
    public required string Format { get; init; }

    /// <summary>How it was read, with what had to be guessed.</summary>
    public required SourceReading Reading { get; init; }

    /// <summary>Whether the encoding was guessed from the bytes.</summary>
    public required bool EncodingIsGuess { get; init; }

    /// <summary>JSON: where objects are that may be the records, the likeliest first; empty for other formats.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Its fields in the order in which they were met.</summary>
    public required IReadOnlyList<SampleField> Fields { get; init; }

    /// <summary>The first records, their texts in the order of the fields; null where one has nothing.</summary>
    public required IReadOnlyList<IReadOnlyList<string?>> First { get; init; }

    /// <summary>All records that were looked at, as <see cref="First"/> has them; to see which fields identify one.</summary>
    public required IReadOnlyList<IReadOnlyList<string?>> All { get; init; }

    /// <summary>Records that were looked at.</summary>
    public long Records => All.Count;

    /// <summary>Whether the file has no more than those.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>The first record that can't be read, with where it stands; null when all can.</summary>
    public required string? Unreadable { get; init; }

    /// <summary>The field of that name; null when there is none.</summary>
    public SampleField? Field(string? name) => Fields.FirstOrDefault(f => f.Name == name);

    /// <summary>How many records are not the first with their values in these fields.</summary>
    public int Repeats(IReadOnlyList<string> fields)
    {
        var places = fields.Select(name => Fields.ToList().FindIndex(f => f.Name == name)).ToArray();
        var seen = new HashSet<string>();
        return All.Count(record => !seen.Add(string.Join('\u001F', places.Select(i => i < 0 ? "" : record[i]))));
    }
}

/// <summary>A text and in how many records it stood.</summary>
public sealed record ValueCount(string Text, long Count);

/// <summary>One field of a sample.</summary>
public sealed record SampleField
{
    private IReadOnlyList<string>? _dates;
    private IReadOnlyList<string>? _numbers;

    /// <summary>Its name in the header, or its dotted path in a JSON record.</summary>
    public required string Name { get; init; }

    /// <summary>What stood in it, the most frequent first, apart from nothing and from what stands for nothing.</summary>
    public required IReadOnlyList<ValueCount> Values { get; init; }

    /// <summary>Records that have something in it.</summary>
    public required long Filled { get; init; }

    /// <summary>Whether a mapping can name it: braces mark a field's name there.</summary>
    public bool IsNameable => Name.IndexOfAny(['{', '}']) < 0;

    /// <summary>Whether no two records have the same in it, and every filled one something.</summary>
    public bool IsUnique => Filled > 0 && Values.Count == Filled;

    /// <summary>Whether it holds lists, of which each element would become a fact of its own.</summary>
    public bool IsList => Values.Count > 0 && Values.All(v => v.Text.StartsWith('['));

    /// <summary>The ways to write dates that read the most of it, all alike; none when it holds no dates.</summary>
    public IReadOnlyList<string> DateForms => _dates ??= Drafting.DateForms.Of(this);

    /// <summary>The decimal signs that read the most of it and differ in what they read; none when it holds no numbers.</summary>
    public IReadOnlyList<string> NumberForms => _numbers ??= Drafting.NumberForms.Of(this);
}
