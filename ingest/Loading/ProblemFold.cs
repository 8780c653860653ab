using System.Globalization;

namespace Followthrough.Ingest.Loading;

/// <summary>The problems of a load in sentences: what is said of many records is said once, with how many they are and where the first stand.</summary>
internal sealed class ProblemFold(string file)
{
    private const int Most = 10;
    private const int Places = 3;

    private readonly Dictionary<string, (string Unit, List<long> First, long Last, long Count, string Text)> _problems = [];
    private readonly List<string> _others = [];

    /// <summary>A problem of one record.</summary>
    /// <param name="unit">What its position counts.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="text">What is wrong, without a full stop.</param>
    /// <param name="alike">What it has in common with those that are one with it.</param>
    public void Add(string unit, long position, string text, string alike)
    {
        if (!_problems.TryGetValue(alike, out var known))
        {
            if (_problems.Count == Most) return;
            known = (unit, [], -1, 0, text);
        }
        // A record of which several facts were to be made is one record.
        if (known.Last == position) return;
        if (known.First.Count < Places) known.First.Add(position);
        _problems[alike] = known with { Last = position, Count = known.Count + 1 };
    }

    /// <summary>A problem of the file as a whole, in a sentence.</summary>
    public void Add(string sentence)
    {
        if (_others.Count < Most) _others.Add(sentence);
    }

    /// <summary>At most ten of each sort, in the order in which they were met.</summary>
    public IReadOnlyList<string> Sentences => [.. _problems.Values.Select(Sentence), .. _others];

    private string Sentence((string Unit, List<long> First, long Last, long Count, string Text) problem) => problem.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"{file} {problem.Unit} {problem.First[0]}: {problem.Text}.")
        : string.Create(CultureInfo.InvariantCulture, $"{file} {problem.Unit}s {string.Join(", ", problem.First)}{(problem.Count > problem.First.Count ? ", …" : "")} ({problem.Count:N0} in all): {problem.Text}.");
}
