using System.Text;
using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Wording;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>
/// A fact that somebody states on a screen, in the product's own format. It comes in through the same loader as any other: one kept file,
/// one batch with who and when, the ledger told.
/// </summary>
/// <param name="Table">Which fact.</param>
/// <param name="Key">Its source key.</param>
/// <param name="Record">Its columns as a JSON object.</param>
internal sealed record StatedFact(FactTable Table, string Key, string Record)
{
    /// <summary>The source of facts that people state here.</summary>
    internal const string Source = "followthrough";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(40);

    /// <summary>A fact of an account; what is null is left out.</summary>
    internal static StatedFact Of(FactTable table, string key, DateTimeOffset at, string account, params (string Name, string? Value)[] own)
    {
        (string Name, string? Value)[] all = [("source_key", key), ("occurred_at", Moments.Machine(at)), ("account", account), .. own];
        return new StatedFact(table, key, JsonSerializer.Serialize(all.Where(c => c.Value is not null).ToDictionary(c => c.Name, c => c.Value)));
    }

    /// <summary>Takes it in within the connection's transaction and announces it; its batch.</summary>
    internal async Task<long> LoadAsync(NpgsqlConnection connection, KeptFiles kept, string user, DateTimeOffset now, CancellationToken ct)
    {
        var mapping = CanonicalMapping.For(Table);
        var file = await kept.KeepAsync($"{Table}-{Key[(Source.Length + 1)..]}.jsonl", Encoding.UTF8.GetBytes(Record + "\n"), ct);
        var batch = new BatchRecord { File = file with { Source = $"desk:{user}" }, Mapping = mapping, Backfill = false, KnownAt = now };
        var report = await new BatchLoad(connection, batch, new FileInput(file, mapping), now).RunAsync(_ => { }, ct);
        if (report is not { Rejected: 0, Batch: { } loaded } || report.Added + report.Changed != 1)
            throw new InvalidOperationException($"What was stated did not become a fact: {string.Join(' ', report.Problems)}");
        await Loader.AnnounceAsync(connection, ct);
        return loaded;
    }

    /// <summary>Waits until the ledger has what was stated of an account: a fraction of a second, so that the page that follows shows it. No longer than four seconds.</summary>
    internal static async Task CatchUpAsync(NpgsqlDataSource db, string account, CancellationToken ct)
    {
        await using var ask = db.CreateCommand("select exists (select from dirty_account where account_id = $1)");
        ask.Parameters.AddWithValue(AccountId.Of(account));
        for (var waited = TimeSpan.Zero; waited < LongestWait && (bool)(await ask.ExecuteScalarAsync(ct))!; waited += Look)
            await Task.Delay(Look, ct);
    }
}
