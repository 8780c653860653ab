using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Churn;

/// <summary><c>analytics score [--top N]</c>.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var top = new Option<int>("--top") { Description = "How many of the most at stake it prints.", DefaultValueFactory = _ => 10 };
        var command = new Command("score", "Scores every customer who can leave with the model that serves, and keeps the scores.") { top };
        command.SetAction((parsed, ct) => ChurnCommand.RunAsync(store => RunAsync(store, parsed.GetValue(top), ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, int top, CancellationToken ct)
    {
        var scoring = await new ChurnScorer(store.DataSource, TimeProvider.System).ScoreAsync(ct);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scoring.Accounts:N0} accounts scored by model {scoring.ModelId}. {scoring.BasisReason}"));
        if (scoring.LargestDrift >= Spread.Alarm) Console.WriteLine(ChurnScorer.Alarm(scoring));
        var names = await NamesAsync(store, ct);
        foreach (var risk in await new ChurnScores(store.DataSource).AccountsAsync(scoring.Id, null, top, ct))
        {
            var stake = risk.AtStake is { } amount ? FigureText.Of(amount, risk.Currency) : "unknown";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {names.GetValueOrDefault(risk.AccountId),-32}{risk.Probability,7:0 %}{stake,16}  {risk.Reasons.FirstOrDefault(r => r.Weight > 0)?.Text}"));
        }
        return 0;
    }

    private static async Task<Dictionary<long, string>> NamesAsync(AnalyticsStore store, CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand("select account_id, name from customer");
        await using var row = await command.ExecuteReaderAsync(ct);
        var names = new Dictionary<long, string>();
        while (await row.ReadAsync(ct)) names[row.GetInt64(0)] = row.GetString(1);
        return names;
    }
}
