using System.CommandLine;

namespace Followthrough.Analytics.Churn;

/// <summary><c>analytics model [ID] [--subject S] [--card]</c> and <c>analytics model --approve ID --by NAME --reason TEXT</c>.</summary>
internal static class ModelCommand
{
    private const int Listed = 20;

    public static Command Create()
    {
        var id = new Argument<long?>("model") { Description = "Its number. Without it: the one that serves.", Arity = ArgumentArity.ZeroOrOne };
        var subject = new Option<string>("--subject") { Description = "What it is about: 'accounts', or the name of a labelled table.", DefaultValueFactory = _ => ChurnTraining.Accounts };
        var card = new Option<bool>("--card") { Description = "Prints all that is known of what it is worth." };
        var approve = new Option<long?>("--approve") { Description = "Makes that model serve." };
        var by = new Option<string?>("--by") { Description = "Who decides that." };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the decision." };
        var command = new Command("model", "Lists the models, prints one's card, or makes one serve.") { id, subject, card, approve, by, reason };
        command.Validators.Add(result =>
        {
            if (result.GetResult(approve) is not null && (result.GetResult(by) is null || result.GetResult(reason) is null))
                result.AddError("A model is approved by somebody (--by) for a reason (--reason).");
        });
        command.SetAction((parsed, ct) => ChurnCommand.RunAsync(store =>
        {
            var registry = new ChurnRegistry(store.DataSource, TimeProvider.System);
            if (parsed.GetValue(approve) is { } approved) return ApproveAsync(registry, approved, parsed.GetValue(by)!, parsed.GetValue(reason)!, ct);
            return parsed.GetValue(id) is not null || parsed.GetValue(card)
                ? CardAsync(registry, parsed.GetValue(id), parsed.GetValue(subject)!, ct)
                : ListAsync(registry, parsed.GetValue(subject)!, ct);
        }, ct));
        return command;
    }

    private static async Task<int> ApproveAsync(ChurnRegistry registry, long id, string by, string reason, CancellationToken ct)
    {
        await registry.ApproveAsync(id, by, reason, ct);
        Console.WriteLine($"Model {id} serves.");
        return 0;
    }

    private static async Task<int> CardAsync(ChurnRegistry registry, long? id, string subject, CancellationToken ct)
    {
        var model = id is { } number ? await registry.FindAsync(number, ct) : await registry.ChampionAsync(subject, ct);
        if (model is null) throw new ChurnException(id is null ? $"No model serves for '{subject}' yet: run 'analytics train'." : $"There is no model {id}.");
        ModelCard.Print(model, Console.Out);
        return 0;
    }

    private static async Task<int> ListAsync(ChurnRegistry registry, string subject, CancellationToken ct)
    {
        var champion = await registry.ChampionAsync(subject, ct);
        foreach (var model in await registry.ModelsAsync(subject, Listed, ct)) ModelCard.PrintLine(model, Console.Out, model.Id == champion?.Id);
        if (champion is null) Console.WriteLine($"No model serves for '{subject}' yet: run 'analytics train'.");
        return 0;
    }
}
