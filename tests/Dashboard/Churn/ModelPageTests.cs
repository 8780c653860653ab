using System.Net;
using System.Text.Json;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Tests.Dashboard.Churn;

/// <summary>The model's card, and who may decide that another model serves.</summary>
public sealed class ModelPageTests : IAsyncLifetime
{
    private readonly DashboardHost _host = new();
    private long _champion, _challenger;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Db => _host.Database.DataSource;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_card_says_what_is_predicted_what_it_is_worth_and_what_it_is_not_for()
    {
        var visitor = await TrainedAsync();
        var page = await visitor.ReadAsync("/churn/model");
        Assert.Equal("Leaving is no order in the 180 days that begin 30 days after the cut (key 240 days); asked of customers who ordered in the 24 months before.",
            page.QuerySelector(".in-words")!.TextContent.Replace('\u00a0', ' '));
        var figures = (await new ChurnRegistry(Db, TimeProvider.System).FindAsync(_champion, Ct))!.Figures;
        var table = page.QuerySelectorAll("table.figures")[^1];
        Assert.Equal(2, table.QuerySelectorAll("thead th.num").Length);
        var lift = table.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "Lift").QuerySelector("td")!;
        Assert.Equal(figures.Lift!.Value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture), lift.QuerySelector("b")!.TextContent);
        Assert.Contains(" to ", lift.QuerySelector(".under")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("not whose fault that is", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("called while the label was open", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(4, page.QuerySelectorAll("#trainings tbody tr").Length);
        await visitor.ReadAsync($"/churn/model?model={_challenger}");
        await visitor.ReadAsync("/churn/model?model=999", HttpStatusCode.NotFound);
        Assert.Empty(page.QuerySelectorAll("main script"));
    }

    [Fact]
    public async Task Its_charts_and_their_tables_say_the_same()
    {
        var page = await (await TrainedAsync()).ReadAsync("/churn/model");
        var figures = (await new ChurnRegistry(Db, TimeProvider.System).FindAsync(_champion, Ct))!.Figures;
        var charts = page.QuerySelectorAll("[data-figure]");
        Assert.Equal(2, charts.Length);
        foreach (var (chart, count) in charts.Zip([figures.Gain.Count, figures.Calibration.Count]))
        {
            var option = JsonDocument.Parse(chart.QuerySelector("[data-option]")!.GetAttribute("data-option")!).RootElement;
            var told = option.GetProperty("series").EnumerateArray().First();
            Assert.Equal(count, told.GetProperty("data").EnumerateArray().Count(point => point.TryGetProperty("tip", out _)));
            Assert.Equal(count, chart.QuerySelectorAll(".twin tbody tr").Length);
        }
        Assert.Equal(figures.Calibration.Sum(bin => bin.N), figures.N);
    }

    [Theory]
    [InlineData(Role.Executive)]
    [InlineData(Role.Operations)]
    [InlineData(Role.Administrator)]
    public async Task Who_may_decides_for_a_reason_and_it_is_on_record(string role)
    {
        await TrainedAsync();
        var visitor = await _host.NewSignedInAsAsync(role);
        using var without = await visitor.PostAsync("/churn/model/approve", await FieldsAsync(visitor, " "));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        using var overtaken = await visitor.PostAsync("/churn/model/approve", await FieldsAsync(visitor, "newer", instead: _challenger));
        Assert.Contains("approved meanwhile", await overtaken.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(_champion, await ServingAsync());

        using var decided = await visitor.PostAsync("/churn/model/approve", await FieldsAsync(visitor, "learned from newer orders"));
        Assert.Equal(HttpStatusCode.Found, decided.StatusCode);
        Assert.Equal(_challenger, await ServingAsync());
        await using var log = Db.CreateCommand("select who, subject, before, after from access_log where action = 'model_approved'");
        await using var entry = await log.ExecuteReaderAsync(Ct);
        Assert.True(await entry.ReadAsync(Ct));
        Assert.StartsWith(role, entry.GetString(0), StringComparison.Ordinal);
        Assert.Equal(
            ["model of the risk list: learned from newer orders", $"model {_champion}", $"model {_challenger}"], Enumerable.Range(1, 3).Select(entry.GetString));
        Assert.False(await entry.ReadAsync(Ct));
        Assert.Contains("learned from newer orders", (await visitor.ReadAsync("/churn/model")).QuerySelector("#decisions tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Manager)]
    [InlineData(Role.Staff)]
    [InlineData(Role.Auditor)]
    public async Task Who_may_not_finds_no_form_and_no_address(string role)
    {
        await TrainedAsync();
        var visitor = await _host.NewSignedInAsAsync(role);
        Assert.Empty((await visitor.ReadAsync("/churn/model")).QuerySelectorAll("main form[method=post]"));
        using var refused = await visitor.PostAsync("/churn/model/approve", await FieldsAsync(visitor, "mine is better"));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(_champion, await ServingAsync());
    }

    [Fact]
    public async Task Who_mends_has_a_job_of_the_model_run_now_and_no_other_job()
    {
        var visitor = await _host.SignedInAsync();
        var fields = new Dictionary<string, string> { ["form_token"] = await visitor.FormTokenAsync(), ["job"] = "ledger_refresh" };
        using var other = await visitor.PostAsync("/churn/run", fields);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        fields["job"] = "churn_score";
        using var started = await visitor.PostAsync("/churn/run", fields);
        Assert.Equal("/data/jobs", started.Headers.Location!.OriginalString);
        await using var runs = Db.CreateCommand("select count(*) from job_run where job = 'churn_score' and finished_at is not null");
        for (var look = 0; look < 300 && (long)(await runs.ExecuteScalarAsync(Ct))! == 0; look++) await Task.Delay(100, Ct);
        Assert.Equal(1L, await runs.ExecuteScalarAsync(Ct));
    }

    private async Task<Visitor> TrainedAsync()
    {
        var visitor = await _host.SignedInAsync();
        _champion = await SmallChurn.TrainAsync(Db);
        _challenger = await SmallChurn.TrainAsync(Db, seed: 2);
        return visitor;
    }

    private async Task<Dictionary<string, string>> FieldsAsync(Visitor visitor, string reason, long? instead = null) => new()
    {
        ["form_token"] = await visitor.FormTokenAsync(),
        ["model"] = $"{_challenger}",
        ["instead"] = $"{instead ?? _champion}",
        ["reason"] = reason,
    };

    private async Task<long> ServingAsync() => (await new ChurnRegistry(Db, TimeProvider.System).ChampionAsync(ChurnTraining.Accounts, Ct))!.Id;
}
