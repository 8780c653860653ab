using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Layout;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Overview;

/// <summary>Where there is data when the period that was asked for has none.</summary>
internal static class LatestQuarter
{
    private static readonly string Sql = SqlText.Read(typeof(LatestQuarter), "Overview/LatestQuarter.sql");

    /// <summary>The company's quarter in which the latest commitment before the period opened that the viewer may see; null when there is none.</summary>
    internal static async Task<Period?> BeforeAsync(NpgsqlDataSource db, PageFrame frame, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("kinds", MetricCatalogue.Commitments.Select(m => m.Kind).Distinct().ToArray());
        command.Parameters.AddWithValue("before", frame.Query.Period.Start);
        command.Parameters.AddWithValue("zone", frame.Company.Zone.Id);
        command.Parameters.Add(new NpgsqlParameter("viewer_teams", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = (object?)frame.Viewer.Teams?.ToArray() ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("viewer_staff", NpgsqlDbType.Text) { Value = (object?)frame.Viewer.Staff ?? DBNull.Value });
        if (await command.ExecuteScalarAsync(cancellation) is not DateOnly day) return null;
        return frame.Company.Fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(day) : frame.Company.Fiscal.QuarterOf(day);
    }
}
