using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.CallLists;

/// <summary>One side of the comparison.</summary>
/// <param name="Customers">All of them so far.</param>
/// <param name="N">Those who have been followed up for the whole time.</param>
/// <param name="Ordered">Of these, who ordered again within it.</param>
/// <param name="Contacted">Of these, who heard from us within it.</param>
public sealed record EffectArm(long Customers, long N, long Ordered, long Contacted)
{
    /// <summary>Share that ordered again; null without anybody.</summary>
    public double? Rate => N == 0 ? null : (double)Ordered / N;

    /// <summary>Its 95 % interval.</summary>
    public Interval? Interval => Wilson.Of(Ordered, N);
}

/// <summary>What calling does: customers to be called against customers held out at random, whether or not the call was made.</summary>
/// <param name="Days">For how long after their first list customers are followed.</param>
/// <param name="Called">Who was to be called.</param>
/// <param name="HeldOut">Who was not, by chance.</param>
public sealed record CallListEffect(int Days, EffectArm Called, EffectArm HeldOut)
{
    /// <summary>Fewer on either side say nothing.</summary>
    public const int Enough = 30;

    /// <summary>For how long customers can be followed.</summary>
    public static IReadOnlyList<int> Spans { get; } = [90, 180, 365];

    private static readonly string Sql = SqlText.Read(typeof(CallListEffect), "CallLists/Effect.sql");

    /// <summary>Whether both sides are large enough to say anything.</summary>
    public bool IsEnough => Called.N >= Enough && HeldOut.N >= Enough;

    /// <summary>By how much more of the called ordered again; null without anybody on a side.</summary>
    public double? Difference => Called.Rate - HeldOut.Rate;

    /// <summary>Its 95 % interval.</summary>
    public Interval? DifferenceInterval => TwoRates.Difference(Called.Ordered, Called.N, HeldOut.Ordered, HeldOut.N);

    /// <summary>Reads it for what a viewer may see.</summary>
    public static async Task<CallListEffect> ReadAsync(NpgsqlDataSource db, Viewer viewer, int days, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("days", days);
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("teams", NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)viewer.Teams?.ToArray() ?? DBNull.Value);
        command.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)viewer.Staff ?? DBNull.Value);
        await using var row = await command.ExecuteReaderAsync(ct);
        var arms = new Dictionary<string, EffectArm>();
        while (await row.ReadAsync(ct)) arms.Add(row.GetString(0), new EffectArm(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));
        var nobody = new EffectArm(0, 0, 0, 0);
        return new CallListEffect(days, arms.GetValueOrDefault("call", nobody), arms.GetValueOrDefault("held_out", nobody));
    }
}
