using Followthrough.Dashboard.Filters;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Accounts;

/// <summary>Which accounts a list shows, beyond the team; null for all.</summary>
/// <param name="Text">Part of a name, or a whole key.</param>
/// <param name="Segment">As the account states it.</param>
/// <param name="Region">As the account states it.</param>
/// <param name="Owner">Staff key.</param>
public sealed record AccountFilter(string? Text, string? Segment, string? Region, string? Owner)
{
    /// <summary>True when it narrows the list.</summary>
    public bool IsNarrow => Text is not null || Segment is not null || Region is not null || Owner is not null;

    /// <summary>As addresses write it.</summary>
    internal IEnumerable<(string Name, string? Value)> Pairs => [("q", Text), ("segment", Segment), ("region", Region), ("owner", Owner)];

    internal static AccountFilter Read(IQueryCollection address, List<string> problems) => new(
        OwnWords.Text(address, "q", problems), OwnWords.Text(address, "segment", problems),
        OwnWords.Text(address, "region", problems), OwnWords.Text(address, "owner", problems));

    /// <summary>Gives a statement @text, @segment, @region, @owner and @team.</summary>
    internal void Bind(NpgsqlCommand command, string? team)
    {
        foreach (var (name, value) in new[] { ("text", Text), ("segment", Segment), ("region", Region), ("owner", Owner), ("team", team) })
            command.Parameters.AddWithValue(name, NpgsqlDbType.Text, (object?)value ?? DBNull.Value);
    }
}
