using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Commitments;

/// <summary>A kind of commitment: its name in the ledger and the statement that derives it from facts.</summary>
internal sealed class CommitmentRule
{
    private readonly string _sql;

    private CommitmentRule(string kind, string file)
    {
        Kind = kind;
        _sql = SqlText.Read(typeof(CommitmentRule), $"Commitments/{file}");
    }

    /// <summary>Every kind there is; a new one is a new file and a line here.</summary>
    public static IReadOnlyList<CommitmentRule> All { get; } = [new("respond", "Respond.sql")];

    /// <summary>Name in the ledger.</summary>
    public string Kind { get; }

    /// <summary>Fills <paramref name="target"/> with the commitments of the accounts in <c>dirty</c>, from each one's <c>since</c> on.</summary>
    public async Task DeriveAsync(NpgsqlConnection connection, string target, CancellationToken ct)
    {
        await using var derive = new NpgsqlCommand($"insert into {target} {_sql}", connection) { CommandTimeout = 0 };
        await derive.ExecuteNonQueryAsync(ct);
    }
}
