using System.CommandLine;

namespace Followthrough.Analytics.Compensation;

/// <summary><c>analytics pay check FILE</c>: the plan in plain sentences, or all that is wrong with it.</summary>
internal static class PlanCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "A plan, as YAML." };
        var command = new Command("check", "Says a plan in plain sentences; or what is wrong with it, with exit code 1.") { file };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(file).FullName, Console.Out, Console.Error, ct));
        return command;
    }

    internal static async Task<int> RunAsync(string path, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            await errors.WriteLineAsync($"There is no file {path}.");
            return 1;
        }
        var reading = PlanDocument.Read(await File.ReadAllTextAsync(path, ct));
        foreach (var fault in reading.Faults) await errors.WriteLineAsync($"{path} {fault}");
        if (reading.Plan is not { } plan) return 1;
        foreach (var part in PlanWords.Of(plan))
        {
            await output.WriteLineAsync($"{part.Title}{(part.Id is { } id ? $" ({id})" : "")}");
            foreach (var sentence in part.Sentences) await output.WriteLineAsync($"  {sentence}");
            await output.WriteLineAsync();
        }
        return 0;
    }
}
