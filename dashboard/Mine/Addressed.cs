namespace Followthrough.Dashboard.Mine;

/// <summary>What an outcome is about, and whom it reached.</summary>
/// <param name="Kind">Kind of the commitment; <see cref="Call"/> for a customer of a call list.</param>
/// <param name="Account">Source key of the account.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Key">With the two, the commitment's identity; the number of a call list.</param>
/// <param name="Contact">Source key of the person; null when nobody is known.</param>
internal sealed record Addressed(string Kind, string Account, string AccountName, string Key, string? Contact)
{
    /// <summary>The kind of what a call list asks for: not owed to anybody, so no commitment.</summary>
    internal const string Call = "call_list";

    internal string? ThreadKey { get; init; }
    internal string? ProjectKey { get; init; }

    /// <summary>The number that is called; null when not known.</summary>
    internal string? Number { get; init; }
}
