using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.CallLists;

/// <summary>A scoring as the engine would have written it, with only what lists are made from.</summary>
internal static class Scored
{
    /// <summary>Writes one for the given accounts: probability and value at stake of each.</summary>
    internal static Task WriteAsync(World world, string basis, params (string Account, double Probability, int? AtStake)[] scores) =>
        WriteAsync(sql => world.TextsAsync(sql), basis, scores);

    /// <summary>The same where only statements can be executed.</summary>
    internal static async Task WriteAsync(Func<string, Task> execute, string basis, params (string Account, double Probability, int? AtStake)[] scores)
    {
        await execute($$"""
            with training as (
              insert into churn_training (subject, rows, customers, churned, excluded, started_at, finished_at)
              values ('accounts', 1, 1, 1, '{}', '2026-05-31T00:00Z', '2026-05-31T00:00Z') returning training_id),
            model as (
              insert into churn_model (training_id, kind, feature_schema, feature_schema_sha256, parameters, seed, library, artefact, artefact_sha256, figures, created_at)
              select training_id, 'logistic', '', '', '{}', 1, '', '', '', '{}', '2026-05-31T00:00Z' from training returning model_id)
            insert into churn_scoring (model_id, as_of, basis, basis_reason, accounts, revenue_factor, drift, largest_drift, scored_at)
            select model_id, '2026-05-31T00:00Z', '{{basis}}', 'because', {{scores.Length}}, 1, '{}', 0, '2026-05-31T00:00Z' from model
            """);
        for (var i = 0; i < scores.Length; i++)
        {
            var (account, probability, stake) = scores[i];
            await execute(FormattableString.Invariant($$"""
                insert into churn_score (account_id, scoring_id, probability, risk_rank, at_stake, currency, reasons)
                select (select account_id from account where source_key = '{{account}}'), (select max(scoring_id) from churn_scoring), {{probability}}, {{i + 1}},
                  {{(stake is { } at ? at.ToString(System.Globalization.CultureInfo.InvariantCulture) : "null")}}, 'EUR',
                  '[{"group": "orders", "text": "Orders: days since the last order 300.", "weight": 0.8, "facts": []}]'
                """));
        }
    }
}
