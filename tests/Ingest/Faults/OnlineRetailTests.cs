using System.Globalization;
using System.Text;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>
/// A set without ids and without stamps, handed in twice, in shuffled halves, and with rows wrong at first and put right: one and the same
/// store, to the penny. On one invoice in twenty; with FOLLOWTHROUGH_FULL_SETS=true on all of them, where net revenue is 9,747,747.934.
/// </summary>
public sealed class OnlineRetailTests(ITestOutputHelper output)
{
    private const int Seed = 20260918;

    private readonly Random _random = new(Seed);

    [Fact]
    public async Task Twice_shuffled_in_halves_corrected_or_deleted_it_is_one_and_the_same_store()
    {
        var rows = RetailRows.Read(FullSets.AreAsked ? 1 : 20);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, {rows.Count} rows, net {rows.Sum(r => r.Amount)}"));
        if (FullSets.AreAsked) Assert.Equal((541_909, 9_747_747.934m), (rows.Count, rows.Sum(r => r.Amount)));
        var expected = await WholeAsync(rows);

        await TwiceAsync(rows, expected);
        await HalvesAsync(rows, expected);
        await CorrectedAsync(rows, expected);
    }

    private static async Task<IReadOnlyList<string>> WholeAsync(IReadOnlyList<RetailRow> rows)
    {
        await using var world = await World.CreateAsync();
        await RetailRows.LoadAsync(world, "whole", rows);
        await IsRightAsync(world, rows);
        return await StoreAsync(world);
    }

    private async Task TwiceAsync(IReadOnlyList<RetailRow> rows, IReadOnlyList<string> expected)
    {
        await using var world = await World.CreateAsync();
        await RetailRows.LoadAsync(world, "whole", rows);
        Assert.Equal(FileOutcome.AlreadyLoaded, (await RetailRows.LoadAsync(world, "again", rows)).Outcome);

        // The same rows in another order are another file, which has nothing new in it.
        var shuffled = await RetailRows.LoadAsync(world, "shuffled", RetailRows.Shuffled(rows, _random));
        Assert.Equal((FileOutcome.Loaded, 0, 0, 0), (shuffled.Outcome, shuffled.Added, shuffled.Changed, shuffled.Rejected));
        Assert.Equal(expected, await StoreAsync(world));
    }

    private async Task HalvesAsync(IReadOnlyList<RetailRow> rows, IReadOnlyList<string> expected)
    {
        await using var world = await World.CreateAsync();
        // Lines of one invoice come in both. Rows that are alike stay together: without an id, one that comes in a second file is the same again.
        var halves = RetailRows.Shuffled(rows, _random).ToLookup(r => IsFirstHalf(r.Like));
        await RetailRows.LoadAsync(world, "second_half", halves[false]);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await RetailRows.LoadAsync(world, "first_half", halves[true]);
        await IsRightAsync(world, rows);
        Assert.Equal(expected, await StoreAsync(world));
    }

    private async Task CorrectedAsync(IReadOnlyList<RetailRow> rows, IReadOnlyList<string> expected)
    {
        await using var world = await World.CreateAsync();
        var phantoms = rows.Where(r => r.Quantity > 0 && _random.Next(40) == 0).Select(r => r.With(1, "PHANTOM" + r.Fields[1])).DistinctBy(r => r.Like).ToList();
        var wrong = rows.Where(_ => _random.Next(30) > 0).Select(Garbled).Concat(phantoms).ToList();
        await RetailRows.LoadAsync(world, "wrong", wrong);
        Assert.NotEqual(rows.Sum(r => r.Amount), decimal.Parse((await world.TextsAsync("select sum(amount) from invoice"))[0], CultureInfo.InvariantCulture));
        world.Clock.Advance(TimeSpan.FromHours(1));

        // What should never have been there is taken back by its key; the rest is said again, rightly.
        await DeleteAsync(world, phantoms);
        world.Clock.Advance(TimeSpan.FromHours(1));
        var report = await RetailRows.LoadAsync(world, "right", rows);

        Assert.True(report is { Added: > 0, Changed: > 0, Rejected: 0 });
        await IsRightAsync(world, rows);
        Assert.Equal(expected, await StoreAsync(world));
    }

    // A text that was cut, a moment that came a day late: nothing of a row's key.
    private RetailRow Garbled(RetailRow row) => _random.Next(25) switch
    {
        0 => row.With(2, "?"),
        1 => row.With(4, row.At.AddDays(1).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        _ => row,
    };

    private static async Task DeleteAsync(World world, List<RetailRow> gone)
    {
        var text = new StringBuilder().AppendJoin("", gone.Select(r => $"{{\"source_key\":\"online_retail:{r.Like}/1\",\"deleted\":true}}\n"));
        var report = await world.LoadFileAsync("invoice_line.jsonl", text.ToString());
        Assert.Equal((gone.Count, gone.Count, 0), (report.Read, report.Changed, report.Rejected));
    }

    private static async Task IsRightAsync(World world, IReadOnlyList<RetailRow> rows)
    {
        var net = rows.Sum(r => r.Amount);
        var tally = await world.TextsAsync("""
            select (select count(*) || ' ' || trim_scale(sum(amount)) from invoice_line where not deleted)
              || ' ' || (select count(*) || ' ' || trim_scale(sum(amount)) from invoice where not deleted)
            """);
        Assert.Equal([string.Create(CultureInfo.InvariantCulture, $"{rows.Count} {net / 1.000000m} {rows.Select(r => r.Invoice).Distinct().Count()} {net / 1.000000m}")], tally);
    }

    // What was taken back stays as deleted and is part of no figure.
    private static async Task<IReadOnlyList<string>> StoreAsync(World world) => [.. (await world.FactsAsync()).Where(f => !f.Contains("\"deleted\": true", StringComparison.Ordinal))];

    private static bool IsFirstHalf(string text) => text.Sum(c => c) % 2 == 0;
}
