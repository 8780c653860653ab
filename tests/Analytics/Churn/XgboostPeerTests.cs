using System.Diagnostics;
using Followthrough.Analytics.Churn;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Our binding against Debian's python3-xgboost, on the same matrix, parameters, seed and threads. Skipped where that is not installed.</summary>
public sealed class XgboostPeerTests
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import json, sys
        import numpy, xgboost
        job = json.load(open(sys.argv[1]))
        inputs = numpy.array(job["inputs"], dtype=numpy.float32).reshape(-1, job["width"])
        inputs[inputs == -999] = numpy.nan
        data = xgboost.DMatrix(inputs, numpy.array(job["left"], dtype=numpy.float32))
        model = xgboost.train(job["parameters"], data, job["rounds"])
        json.dump({"odds": model.predict(data, output_margin=True).tolist(), "parts": model.predict(data, pred_contribs=True).ravel().tolist()}, sys.stdout)
        """;

    [Fact]
    public async Task Predictions_and_reasons_equal_the_peer_s_within_a_millionth()
    {
        XgboostRequired.OrSkip();
        if (!File.Exists(Python) || !await HasXgboostAsync()) Assert.Skip("python3-xgboost is not installed.");
        var table = await Telco.ReadAsync();
        var schema = FeatureSchema.Of(table.Features);
        var inputs = schema.Encode(table.Features);
        var settings = TreeSettings.Choices[2];
        using var model = TreeModel.Fit(inputs, table.Left, schema, settings, 100);
        var folder = TestFolder.Create("xgboost-");
        try
        {
            var job = Path.Combine(folder.FullName, "job.json");
            await File.WriteAllTextAsync(job, System.Text.Json.JsonSerializer.Serialize(new
            {
                inputs = inputs.Values.Select(v => float.IsNaN(v) ? -999 : v),
                width = inputs.Width,
                left = table.Left.Select(l => l ? 1 : 0),
                parameters = settings.Parameters(schema).ToDictionary(),
                rounds = 100,
            }), TestContext.Current.CancellationToken);
            using var answer = System.Text.Json.JsonDocument.Parse(await RunAsync(Script, job));
            var odds = answer.RootElement.GetProperty("odds").EnumerateArray().Select(x => x.GetDouble());
            Assert.All(odds.Zip(model.LogOdds(inputs)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            var parts = answer.RootElement.GetProperty("parts").EnumerateArray().Select(x => x.GetDouble());
            Assert.All(parts.Zip(model.Contributions(inputs)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> HasXgboostAsync()
    {
        try
        {
            return (await RunAsync("import xgboost; print(xgboost.__version__)", "")).StartsWith(XgboostLibrary.Version.Split(' ')[1], StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<string> RunAsync(string script, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(await errors);
    }
}
