using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Editions;

/// <summary><c>analytics bundle PERIOD FILE</c> and <c>analytics verify FILE [--figures]</c>.</summary>
internal static class BundleCommands
{
    public static Command Bundle()
    {
        var period = new Argument<string>("period") { Description = "A closed quarter." };
        var file = new Argument<string>("file") { Description = "The zip file to write." };
        var command = new Command("bundle", "Writes a closed quarter as a file that anybody can check, with or without this product.") { period, file };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => WriteAsync(store, parsed.GetValue(period)!, parsed.GetValue(file)!, ct), ct));
        return command;
    }

    public static Command Verify()
    {
        var file = new Argument<string>("file") { Description = "A bundle." };
        var figures = new Option<bool>("--figures") { Description = "Prints every figure that was computed again." };
        var command = new Command("verify", "Checks a bundle and computes its figures again. Exit code 0 all as sealed, 1 not, 2 no bundle.") { file, figures };
        command.SetAction((parsed, ct) => VerifyAsync(parsed.GetValue(file)!, parsed.GetValue(figures), ct));
        return command;
    }

    private static async Task<int> WriteAsync(AnalyticsStore store, string period, string path, CancellationToken ct)
    {
        if ((await EditionList.ReadAsync(store.DataSource, ct)).Of(period) is not { } edition)
        {
            await Console.Error.WriteLineAsync($"{period} is not closed; 'analytics close {period}' says what stands in the way.");
            return 1;
        }
        await using (var file = File.Create(path)) await new BundleWriter(store.DataSource).WriteAsync(edition, file, ct);
        Console.WriteLine($"{edition.Name}, {new FileInfo(path).Length / 1024:N0} KB. SHA-256 of the edition {edition.Hash}");
        return 0;
    }

    private static async Task<int> VerifyAsync(string path, bool withFigures, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var report = await BundleVerifier.VerifyAsync(file, ct);
            Console.WriteLine($"edition {report.Hash}");
            Console.WriteLine($"{report.Period}, number {report.Number}, cut off {report.CutOff:yyyy-MM-dd HH:mm}Z, {report.Figures.Count} figures computed again from their rows");
            if (withFigures)
                foreach (var figure in report.Figures) Console.WriteLine($"figure {figure.Name} = {figure.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "-"}");
            foreach (var problem in report.Problems) Console.WriteLine($"NOT AS SEALED: {problem}");
            Console.WriteLine(report.Problems.Count == 0 ? "All is as it was sealed." : $"{report.Problems.Count} problems.");
            return report.Problems.Count == 0 ? 0 : 1;
        }
        catch (Exception e) when (e is BundleException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return StoreCommand.Failed;
        }
    }
}
