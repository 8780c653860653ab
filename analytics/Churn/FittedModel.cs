using System.Text;

namespace Followthrough.Analytics.Churn;

/// <summary>A fitted model with its calibration and the columns it reads.</summary>
internal sealed record FittedModel(ModelKind Kind, RiskModel Model, Platt Calibration, FeatureSchema Schema, string Parameters, int Seed) : IDisposable
{
    /// <summary>How the columns were spread over the newest of the rows it was trained on.</summary>
    public IReadOnlyList<Spread> Spreads { get; init; } = [];

    /// <summary>What an artefact holds.</summary>
    private sealed record Stored(Platt Calibration, IReadOnlyList<Spread> Spreads, byte[] Model);

    public static FittedModel Load(ModelKind kind, byte[] artefact, FeatureSchema schema, string parameters, int seed)
    {
        var stored = ChurnJson.Read<Stored>(Encoding.UTF8.GetString(artefact));
        return new FittedModel(kind, kind == ModelKind.XGBoost ? TreeModel.Load(stored.Model, threads: 2) : LogisticModel.Load(stored.Model), stored.Calibration, schema, parameters, seed)
        {
            Spreads = stored.Spreads,
        };
    }

    /// <summary>Model and calibration as bytes.</summary>
    public byte[] Artefact() => Encoding.UTF8.GetBytes(ChurnJson.Write(new Stored(Calibration, Spreads, Model.Save())));

    /// <summary>Calibrated probabilities of leaving, by row.</summary>
    public double[] Probabilities(FeatureTable table) => Array.ConvertAll(Model.LogOdds(Schema.Encode(table)), Calibration.Probability);

    /// <summary>What each column of the schema adds to the calibrated log-odds of each row, row after row.</summary>
    public float[] Contributions(FeatureTable table)
    {
        var (inputs, column, width) = (Schema.Encode(table), Schema.ColumnOfInput, Schema.Columns.Count);
        var ofInputs = Model.Contributions(inputs);
        var ofColumns = new float[inputs.Rows * width];
        for (var row = 0; row < inputs.Rows; row++)
            for (var input = 0; input < inputs.Width; input++)
                ofColumns[row * width + column[input]] += (float)Calibration.Slope * ofInputs[row * (inputs.Width + 1) + input];
        return ofColumns;
    }

    public void Dispose() => Model.Dispose();
}
