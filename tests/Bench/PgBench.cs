using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Rollups;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>PostgreSQL's own loader with a figure's statement, prepared; nothing around it.</summary>
internal sealed partial class PgBench(NpgsqlDataSource db, string connectionString, DirectoryInfo folder)
{
    /// <summary>Statements per second.</summary>
    public async Task<double> RunAsync(MetricQuery query, int clients, TimeSpan span, CancellationToken ct)
    {
        var script = Path.Combine(folder.FullName, "figure.sql");
        await File.WriteAllTextAsync(script, await ScriptAsync(query, ct), ct);
        var program = PostgresBinaries.UsualFolders().Select(f => Path.Combine(f, "pgbench")).First(File.Exists);
        var at = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo(program,
            ["-n", "-M", "prepared", "-c", $"{clients}", "-j", "1", "-T", $"{(int)span.TotalSeconds}", "-f", script, "-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, at.Database!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = at.Password },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("pgbench does not start.");
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return Speed().Match(await said) is { Success: true } speed ? double.Parse(speed.Groups[1].Value, CultureInfo.InvariantCulture) : throw new InvalidOperationException(await failed);
    }

    // Person and region change from one statement to the next, as in the questions over the wire; what is fixed is part of the text.
    private async Task<string> ScriptAsync(MetricQuery query, CancellationToken ct)
    {
        await using var session = new MetricSession(await MetricSnapshot.OpenAsync(db, ct), isOwner: true, query, MetricCatalogue.Find(query.Metric)!, TimeProvider.System.GetUtcNow());
        await using var command = RollupReader.Command(session, null);
        var sql = Comment().Replace(command.CommandText, "").Replace('\n', ' ');
        foreach (var parameter in command.Parameters.Cast<NpgsqlParameter>().OrderByDescending(p => p.ParameterName.Length))
            sql = sql.Replace($"@{parameter.ParameterName}", Text(parameter), StringComparison.Ordinal);
        return $"\\set person random(0, 199)\n\\set place random(0, 9999999)\n{sql};\n";
    }

    private static string Text(NpgsqlParameter parameter) => parameter.ParameterName switch
    {
        "staff" => "('s' || :person::integer)",
        "region" => "('region ' || :place::integer)",
        _ => Literal(parameter.Value),
    };

    private static string Literal(object? value) => value switch
    {
        null or DBNull => "null",
        DateTimeOffset at => $"timestamptz '{at.UtcDateTime:O}'",
        DateOnly day => day == DateOnly.MaxValue ? "date 'infinity'" : $"date '{day:yyyy-MM-dd}'",
        bool truth => truth ? "true" : "false",
        var other => $"'{other}'",
    };

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Speed();
}
