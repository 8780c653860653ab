using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>The customers of a cut with their features, and what decides who of them can leave.</summary>
internal sealed class CustomerFeatures
{
    private static readonly string Sql = SqlText.Read(typeof(CustomerFeatures), "Churn/Features.sql");

    private readonly List<long> _accounts = [];
    private readonly List<string?> _segments = [], _regions = [];
    private readonly List<DateTimeOffset?> _lastOrders = [];
    private readonly List<float>[] _numbers = [.. FeatureCatalogue.All.Select(_ => new List<float>())];

    public IReadOnlyList<long> Accounts => _accounts;

    public IReadOnlyList<string?> Segments => _segments;

    /// <summary>By row; null without orders.</summary>
    public IReadOnlyList<DateTimeOffset?> LastOrders => _lastOrders;

    public FeatureTable Table => new(
        [
            .. FeatureCatalogue.All.Select((f, i) => new TableColumn(f.Id, [.. _numbers[i]], null, f.Monotone)),
            new TableColumn("segment", null, [.. _segments]), new TableColumn("region", null, [.. _regions]),
        ], [.. _accounts]);

    /// <summary>Reads them on a connection that sees what was known at the cut.</summary>
    public static async Task<CustomerFeatures> ReadAsync(NpgsqlConnection connection, DateTimeOffset cut, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("as_of", NpgsqlDbType.TimestampTz, cut);
        await using var row = await command.ExecuteReaderAsync(ct);
        var features = new CustomerFeatures();
        var columns = FeatureCatalogue.All.Select(f => row.GetOrdinal(f.Id)).ToArray();
        var lastOrder = row.GetOrdinal("last_order_at");
        while (await row.ReadAsync(ct)) features.Add(row, columns, lastOrder);
        return features;
    }

    /// <summary>Only those rows.</summary>
    public CustomerFeatures Where(Func<int, bool> isIn)
    {
        var (rows, kept) = (Enumerable.Range(0, _accounts.Count).Where(isIn).ToArray(), new CustomerFeatures());
        foreach (var row in rows)
        {
            kept._accounts.Add(_accounts[row]);
            kept._segments.Add(_segments[row]);
            kept._regions.Add(_regions[row]);
            kept._lastOrders.Add(_lastOrders[row]);
            for (var i = 0; i < _numbers.Length; i++) kept._numbers[i].Add(_numbers[i][row]);
        }
        return kept;
    }

    private void Add(NpgsqlDataReader row, int[] columns, int lastOrder)
    {
        _accounts.Add(row.GetInt64(0));
        _segments.Add(row.IsDBNull(1) ? null : row.GetString(1));
        _regions.Add(row.IsDBNull(2) ? null : row.GetString(2));
        _lastOrders.Add(row.IsDBNull(lastOrder) ? null : row.GetFieldValue<DateTimeOffset>(lastOrder));
        for (var i = 0; i < columns.Length; i++) _numbers[i].Add(row.IsDBNull(columns[i]) ? float.NaN : row.GetFloat(columns[i]));
    }
}
