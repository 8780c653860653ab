using System.Text.Json.Nodes;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>Everything of a run that somebody needs to compute it again without us: plans, terms and inputs, and what we say it comes to.</summary>
internal static class PayBundle
{
    /// <summary>One JSON object.</summary>
    /// <exception cref="PayException">There is no such run.</exception>
    public static async Task<string> WriteAsync(NpgsqlDataSource db, TimeProvider clock, long run, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var found = await PayRunRows.FindAsync(connection, run, ct) ?? throw new PayException("There is no such pay run.");
        var versions = (await PlanVersion.ReadAsync(db, clock, found.Plan, ct)).Where(v => v.From < found.Period.End);
        var statements = await PayRunRows.StatementsAsync(connection, run, ct);
        var bundle = new JsonObject
        {
            ["run"] = run,
            ["plan"] = found.Plan,
            ["period"] = new JsonObject { ["label"] = found.Period.Label, ["from"] = $"{found.Period.Start:yyyy-MM-dd}", ["to"] = $"{found.Period.End:yyyy-MM-dd}" },
            ["as_of"] = found.AsOf.ToString("O"),
            ["operations"] = PayPlan.Operations,
            ["control_total"] = found.ControlTotal,
            ["hash"] = found.Hash,
            ["plans"] = new JsonArray([.. versions.Select(v => (JsonNode)PlanJson.Of(v))]),
            ["statements"] = new JsonArray([.. statements.Select(Of)]),
        };
        return bundle.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
    }

    private static JsonNode Of(PayStatement statement)
    {
        var node = JsonNode.Parse(PayJson.Write(statement))!;
        node["payable"] = statement.Payable;
        node["carried_out"] = statement.CarriedOut;
        return node;
    }
}
