namespace Followthrough.Analytics.Demo;

/// <summary>
/// A made-up building-controls integrator with three years of history: every fact as a canonical CSV file, and <c>truth/truth.json</c> with
/// what really happened, to check the product's figures against.
/// </summary>
public static class DemoCompany
{
    /// <summary>Writes the files into the folder, which is created when missing; files of the same names are replaced.</summary>
    /// <param name="options">Equal options give byte-identical files.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="progress">Told the finished share, 0 to 1; null when nobody watches.</param>
    /// <param name="cancellation">Stops between two customers and leaves the files incomplete.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is less than 1.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static async Task<DemoSummary> WriteAsync(
        DemoOptions options, string folder, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Scale, 1);
        Directory.CreateDirectory(folder);
        var timeline = new Timeline(options.Anchor);
        await using var files = new FactFiles(folder);
        await using var truth = new Truth(options, timeline, folder);
        var world = new World(options, timeline, new People(timeline, Reference(options, 0)), new Calendars(options.Anchor), files, truth);
        world.People.Write(files);
        world.Calendars.Write(files, timeline);
        Rates.Write(files, timeline, Reference(options, -1));

        for (var number = 1; number <= options.Accounts; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            History.Write(world, number);
            await files.DrainAsync(cancellation);
            await truth.DrainAsync(cancellation);
            progress?.Report((double)number / options.Accounts);
        }

        await files.CompleteAsync(cancellation);
        await truth.CompleteAsync(cancellation);
        return new DemoSummary(files.Rows, truth.Obligations);
    }

    /// <summary>Generators for what no customer owns; customers count from 1.</summary>
    private static DemoRandom Reference(DemoOptions options, int stream) => new(options.Seed, stream);
}
