using System.Text.Json;
using Followthrough.Analytics.Churn;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

public sealed class ChurnRegistryTests : IAsyncDisposable
{
    private const string Subject = "customers";
    private World _world = null!;
    private string _file = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ChurnRegistry Registry => new(_world.Database.DataSource, _world.Clock);

    [Fact]
    public async Task The_first_model_serves_and_later_ones_wait_for_a_person()
    {
        await BeginAsync();
        var first = await TrainAsync();
        Assert.True(first.IsChampion);
        Assert.Null(await Registry.ChallengerAsync(Subject, Ct));

        var second = await TrainAsync(seed: 2);
        Assert.False(second.IsChampion);
        Assert.Equal(first.Preferred, (await Registry.ChampionAsync(Subject, Ct))!.Id);
        Assert.Equal(second.Preferred, (await Registry.ChallengerAsync(Subject, Ct))!.Id);

        await Registry.ApproveAsync(second.Preferred, "olga", "better calibrated", Ct);
        Assert.Equal(second.Preferred, (await Registry.ChampionAsync(Subject, Ct))!.Id);
        Assert.Equal(
            [(second.Preferred, (long?)first.Preferred, (string?)"olga"), (first.Preferred, null, null)],
            (await Registry.ApprovalsAsync(Subject, Ct)).Select(a => (a.ModelId, a.ReplacedModelId, a.ApprovedBy)));
        Assert.Contains("serves already", (await Assert.ThrowsAsync<ChurnException>(() => Registry.ApproveAsync(second.Preferred, "olga", "again", Ct))).Message, StringComparison.Ordinal);
        Assert.Contains("no model 999", (await Assert.ThrowsAsync<ChurnException>(() => Registry.ApproveAsync(999, "olga", "typo", Ct))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_is_made_again_byte_by_byte_from_what_the_registry_says()
    {
        await BeginAsync();
        var first = await TrainAsync();
        foreach (var (kind, id) in (await TrainAsync()).Models)
        {
            var (was, now) = ((await Registry.FindAsync(first.Models[kind], Ct))!, (await Registry.FindAsync(id, Ct))!);
            Assert.Equal(was.ArtefactSha256, now.ArtefactSha256);
            Assert.Equal(was.Training.SourceSha256, now.Training.SourceSha256);
            Assert.Equal(JsonSerializer.Serialize(was.Figures), JsonSerializer.Serialize(now.Figures));
        }
    }

    [Theory]
    [InlineData("update churn_model set artefact = substr(artefact, 1, 100)", "bytes of model")]
    [InlineData("update churn_model set artefact = (select artefact from churn_model order by model_id limit 1) where model_id = (select max(model_id) from churn_model)", "bytes of model")]
    [InlineData("update churn_model set feature_schema = replace(feature_schema, 'late', 'later')", "feature schema of model")]
    public async Task A_corrupt_or_foreign_artefact_never_serves(string damage, string why)
    {
        await BeginAsync();
        var champion = (await TrainAsync()).Preferred;
        var challenger = (await TrainAsync(seed: 2)).Preferred;
        Assert.NotEqual("0", (await _world.TextsAsync($"with damaged as ({damage} returning 1) select count(*) from damaged"))[0]);
        Assert.Contains(why, (await Assert.ThrowsAsync<ChurnException>(() => Registry.ApproveAsync(challenger, "olga", "newer", Ct))).Message, StringComparison.Ordinal);
        Assert.Equal(champion, (await Registry.ChampionAsync(Subject, Ct))!.Id);
    }

    [Fact]
    public async Task A_training_that_is_stopped_leaves_the_champion_and_nothing_half_done()
    {
        await BeginAsync();
        var champion = (await TrainAsync()).Preferred;
        var models = await _world.CountAsync("select count(*) from churn_model");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ChurnTrainer(_world.Database.DataSource, _world.Clock) { Seed = 5 }.TrainAsync(_file, "Churn", [], stop.Token));
        Assert.Equal(champion, (await Registry.ChampionAsync(Subject, Ct))!.Id);
        Assert.Equal(models, await _world.CountAsync("select count(*) from churn_model"));
    }

    [Fact]
    public async Task Without_the_library_the_regression_serves_and_says_so()
    {
        await BeginAsync();
        var trained = await new ChurnTrainer(_world.Database.DataSource, _world.Clock) { WithTrees = false }.TrainAsync(_file, "Churn", [], Ct);
        Assert.Equal([ModelKind.Logistic], trained.Models.Keys);
        Assert.Equal(ModelKind.Logistic, (await Registry.ChampionAsync(Subject, Ct))!.Kind);
        Assert.Contains("so the logistic regression serves", trained.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_labelled_table_that_cannot_be_read_is_refused_in_words()
    {
        await BeginAsync();
        var trainer = new ChurnTrainer(_world.Database.DataSource, _world.Clock);
        Assert.Contains("has no column 'gone'", (await Assert.ThrowsAsync<ChurnException>(() => trainer.TrainAsync(_file, "gone", [], Ct))).Message, StringComparison.Ordinal);
        await File.AppendAllTextAsync(_file, "0.1,2,basic,perhaps\n", Ct);
        Assert.StartsWith("Line 602: 'perhaps' in 'Churn' says neither", (await Assert.ThrowsAsync<ChurnException>(() => trainer.TrainAsync(_file, "Churn", [], Ct))).Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        _world = await World.CreateAsync();
        _file = await Customers.Table(600).WriteAsync(_world.NewFolder());
    }

    private Task<TrainingResult> TrainAsync(int seed = 1) => new ChurnTrainer(_world.Database.DataSource, _world.Clock) { Seed = seed, WithTrees = false }.TrainAsync(_file, "Churn", [], Ct);
}
