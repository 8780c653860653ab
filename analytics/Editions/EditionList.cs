using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>Every edition there is, in the order of the chain.</summary>
public sealed class EditionList
{
    private const string Sql = """
        select edition_id, period, starts, ends, number, cut_off, closed_at, reason, first_by, second_by, zone, last_batch, hash, previous_hash,
          head::jsonb -> 'files' ? 'targets', head::jsonb -> 'files' ? 'audits'
        from edition order by edition_id
        """;

    private readonly List<Edition> _standing;

    private EditionList(IReadOnlyList<Edition> all)
    {
        All = all;
        _standing = [.. all.GroupBy(e => e.Period.Label).Select(g => g.MaxBy(e => e.Number)!).OrderBy(e => e.Period.Start)];
    }

    /// <summary>All, superseded ones among them.</summary>
    public IReadOnlyList<Edition> All { get; }

    /// <summary>Those that stand for their quarter, first to last.</summary>
    internal IReadOnlyList<Edition> Standing => _standing;

    /// <summary>The hash of the last; null before the first.</summary>
    public string? Head => All.Count == 0 ? null : All[^1].Hash;

    /// <summary>Reads them.</summary>
    public static async Task<EditionList> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(ct);
        var all = new List<Edition>();
        while (await row.ReadAsync(ct)) all.Add(Read(row));
        return new EditionList(all);
    }

    /// <summary>The one that stands for a quarter; null while it is open.</summary>
    public Edition? Of(string period) => _standing.Find(e => e.Period.Label == period);

    /// <summary>Those that stand for any of a period's days, first to last.</summary>
    public IReadOnlyList<Edition> Within(Period period) => [.. _standing.Where(e => e.Period.Start < period.End && period.Start < e.Period.End)];

    /// <summary>Whether all of a period's days are closed.</summary>
    public bool IsClosed(Period period) => Covering(period) is not null;

    /// <summary>Those that stand for all of a period's days; null when one of them is open.</summary>
    internal IReadOnlyList<Edition>? Covering(Period period)
    {
        var found = Within(period);
        if (found.Count == 0 || found[0].Period.Start > period.Start || found[^1].Period.End < period.End) return null;
        return found.Zip(found.Skip(1)).All(pair => pair.First.Period.End == pair.Second.Period.Start) ? found : null;
    }

    /// <summary>The period in stretches that are closed or open throughout; itself when it is either.</summary>
    internal IEnumerable<Period> Stretches(Period period)
    {
        var edges = Within(period).SelectMany(e => new[] { e.Period.Start, e.Period.End }).Where(day => day > period.Start && day < period.End).Distinct().Order().ToList();
        if (edges.Count == 0 || Covering(period) is not null) return [period];
        edges = [period.Start, .. edges, period.End];
        return edges.Zip(edges.Skip(1), (start, end) => period with { Start = start, End = end });
    }

    private static Edition Read(NpgsqlDataReader row)
    {
        var (label, starts, ends) = (row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3));
        return new Edition
        {
            Id = row.GetInt64(0),
            Period = Period.TryParse(label, out var known) && known.Start == starts && known.End == ends ? known : new Period(label, starts, ends),
            Number = row.GetInt32(4),
            CutOff = row.GetFieldValue<DateTimeOffset>(5),
            ClosedAt = row.GetFieldValue<DateTimeOffset>(6),
            Reason = row.IsDBNull(7) ? null : row.GetString(7),
            FirstBy = row.GetString(8),
            SecondBy = row.GetString(9),
            Zone = TimeZoneInfo.FindSystemTimeZoneById(row.GetString(10)),
            LastBatch = row.GetInt64(11),
            Hash = row.GetString(12),
            PreviousHash = row.IsDBNull(13) ? null : row.GetString(13),
            KeepsTargets = row.GetBoolean(14),
            KeepsAudits = row.GetBoolean(15),
        };
    }
}
