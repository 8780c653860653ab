using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>
/// A world in which one kind of commitment is looked at: facts in, obligations out as small texts. Whatever is loaded, the refreshed ledger
/// must equal a rebuilt one, and refreshing again must do nothing.
/// </summary>
internal sealed class KindWorld(World world, string kind) : IAsyncDisposable
{
    internal World World => world;

    internal static async Task<KindWorld> CreateAsync(string kind) => new(await World.CreateAsync(), kind);

    /// <summary>Loads, refreshes and compares, <c>key | opened | due | fulfilled by evidence | outcome</c>, times in the zone of the customer's days.</summary>
    internal async Task ExpectAsync(string[] obligations, params Fact[] facts)
    {
        if (facts.Length > 0) await world.LoadAsync(facts);
        await world.RefreshAsync();
        Assert.Equal(obligations, await ObligationsAsync());
        var again = await world.RefreshAsync();
        Assert.Equal((0, 0), (again.Written, again.Removed));
        var rebuilt = await world.RebuildAsync();
        Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Removed));
    }

    /// <summary>A column of the obligations.</summary>
    internal Task<IReadOnlyList<string>> ColumnAsync(string expression) =>
        world.TextsAsync($"select {expression} from commitment where kind = '{kind}'");

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private Task<IReadOnlyList<string>> ObligationsAsync() => world.TextsAsync($"""
        select concat_ws(' | ', commitment_key, to_char(opened_at at time zone zone, 'MM-DD HH24:MI'), to_char(due_at at time zone zone, 'MM-DD HH24:MI'),
          coalesce(to_char(fulfilled_at at time zone zone, 'MM-DD HH24:MI') || ' by ' || fulfilled_by_key, '-'), outcome, case when source_deleted then 'deleted' end)
        from commitment join account_zone using (account_id) where kind = '{kind}' order by opened_at, commitment_key
        """);
}
