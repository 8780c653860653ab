using System.CommandLine;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Churn;

/// <summary><c>analytics train</c>, of the company's own customers, and <c>analytics train --labels FILE</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var file = new Option<string?>("--labels") { Description = "A CSV file to learn from instead: a row a customer, with a header." };
        var column = new Option<string>("--label-column") { Description = "Its column that says who left.", DefaultValueFactory = _ => "Churn" };
        var without = new Option<string[]>("--without") { Description = "Columns of it not to learn from.", AllowMultipleArgumentsPerToken = true };
        var asOf = new Option<string?>("--as-of") { Description = $"Learns from what was known then: {Moment.Forms}. Without it: now." };
        var contracts = new Option<bool>("--contracts") { Description = "Predicts who does not renew a contract, instead of who stops ordering." };
        var horizon = Days("--horizon", "Days after the gap in which an order counts as staying. Without it: by how often each segment orders.");
        var gap = Days("--gap", "Days after the cut that do not count (30).");
        var capacity = Days("--capacity", "How many customers can be called in a week (50).");
        var seed = new Option<int>("--seed") { Description = "Another seed is another draw of the same.", DefaultValueFactory = _ => 1 };
        var command = new Command("train", "Trains the churn models and registers them. The first serves at once; later ones wait for 'analytics model --approve'.")
        {
            file, column, without, asOf, contracts, horizon, gap, capacity, seed,
        };
        command.SetAction((parsed, ct) => ChurnCommand.RunAsync(store =>
        {
            var trainer = new ChurnTrainer(store.DataSource, TimeProvider.System) { Seed = parsed.GetValue(seed), Capacity = parsed.GetValue(capacity) };
            if (parsed.GetValue(file) is { } path) return FromFileAsync(store, trainer, path, parsed.GetValue(column)!, parsed.GetValue(without) ?? [], ct);
            var label = new LabelRequest { Kind = parsed.GetValue(contracts) ? LabelKind.NotRenewed : LabelKind.NoOrder, HorizonDays = parsed.GetValue(horizon) };
            return FromFactsAsync(store, trainer, parsed.GetValue(asOf), label with { GapDays = parsed.GetValue(gap) ?? label.GapDays }, ct);
        }, ct));
        return command;
    }

    private static Option<int?> Days(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < (name == "--gap" ? 0 : 1)) result.AddError($"{name} is too small.");
        });
        return option;
    }

    private static async Task<int> FromFileAsync(AnalyticsStore store, ChurnTrainer trainer, string path, string column, string[] without, CancellationToken ct)
    {
        if (!File.Exists(path)) throw new ChurnException($"There is no file {path}.");
        return await ReportAsync(store, await trainer.TrainAsync(path, column, without, ct), ct);
    }

    private static async Task<int> FromFactsAsync(AnalyticsStore store, ChurnTrainer trainer, string? asOf, LabelRequest label, CancellationToken ct)
    {
        DateTimeOffset? cutOff = null;
        if (asOf is not null)
        {
            var company = await Company.ReadAsync(store.DataSource, ct);
            if (!Moment.TryRead(asOf, company.Zone, TimeProvider.System.GetUtcNow(), out var at, out var refusal)) throw new ChurnException(refusal);
            cutOff = at;
        }
        return await ReportAsync(store, await trainer.TrainAsync(cutOff, label, null, ct), ct);
    }

    private static async Task<int> ReportAsync(AnalyticsStore store, TrainingResult result, CancellationToken ct)
    {
        var registry = new ChurnRegistry(store.DataSource, TimeProvider.System);
        foreach (var id in result.Models.Values) ModelCard.PrintLine((await registry.FindAsync(id, ct))!, Console.Out);
        if (result.Note is not null) Console.WriteLine(result.Note);
        Console.WriteLine(result.IsChampion
            ? $"Model {result.Preferred} serves: it is the first."
            : $"Model {result.Preferred} waits: 'analytics model --approve {result.Preferred} --by NAME --reason TEXT' makes it serve.");
        return 0;
    }
}
