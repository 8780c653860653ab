using Followthrough.Analytics.Churn;
using Followthrough.Tests.Analytics.Demo;
using Followthrough.Tests.Support;
using AccountId = Followthrough.Analytics.Facts.AccountId;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>The demo company, loaded as history, with its ledger and one training; shared by the tests of a class.</summary>
public sealed class DemoChurn(LoadedDemo demo) : IAsyncLifetime
{
    private readonly SemaphoreSlim _once = new(1);
    private World? _world;

    internal World World => _world!;

    internal ChurnData Data { get; private set; } = null!;

    internal TrainingResult Trained { get; private set; } = null!;

    internal ChurnRegistry Registry => new(World.Database.DataSource, World.Clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Loads and trains, the first time; skips the test where there is no server.</summary>
    internal async Task<DemoChurn> ReadyAsync()
    {
        await _once.WaitAsync(Ct);
        try
        {
            if (Trained is null) await BeginAsync();
            return this;
        }
        finally
        {
            _once.Release();
        }
    }

    private async Task BeginAsync()
    {
        _world ??= await demo.NewWorldAsync();
        var db = World.Database.DataSource;
        Data = await ChurnData.BuildAsync(db, World.Clock.Now, new LabelRequest(), null, Ct);
        Trained = await new ChurnTrainer(db, World.Clock).TrainAsync(Data, World.Clock.Now, World.Clock.Now, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_world is not null) await _world.DisposeAsync();
        _once.Dispose();
    }

    /// <summary>Accounts that were answered slowly from then on.</summary>
    internal Dictionary<long, DateTimeOffset> SlowFrom() => demo.Files.Truth().GetProperty("planted").GetProperty("slowly_answered").EnumerateArray()
        .ToDictionary(s => AccountId.Of(s.GetProperty("account").GetString()!), s => s.GetProperty("slow_from").GetDateTimeOffset());

    internal async Task<FittedModel> LoadAsync(ModelKind kind)
    {
        var model = (await Registry.FindAsync(Trained.Models[kind], Ct))!;
        var (artefact, schema) = await Registry.ArtefactAsync(model, Ct);
        return FittedModel.Load(kind, artefact, schema, model.Parameters, model.Seed);
    }
}
