using System.Text;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Followthrough.Analytics.Churn;

/// <summary>
/// Logistic regression by Newton's method. Inputs are standardised; where one was unknown in training it counts as its mean, and that it
/// was unknown is an input of its own.
/// </summary>
internal sealed class LogisticModel(LogisticModel.Fitted fitted) : RiskModel
{
    /// <summary>Penalty that keeps a fit finite and changes hardly anything.</summary>
    public const double Slight = 1e-6;

    /// <summary>Penalty of the baseline: that of one row for each input.</summary>
    public const double Usual = 1;

    private const int MostSteps = 60;
    private const double Close = 1e-11;

    private readonly Fitted _fitted = fitted;

    public override string Library => "MathNet.Numerics 5.0.0";

    /// <summary>Fits; without penalty (0) it is the maximum likelihood.</summary>
    /// <exception cref="ChurnException">It has no finite solution.</exception>
    public static LogisticModel Fit(FeatureMatrix inputs, IReadOnlyList<bool> left, double penalty)
    {
        var design = Fitted.Standardise(inputs);
        var weights = new double[design.Terms];
        for (var step = 0; step < MostSteps; step++)
        {
            var (gradient, curvature) = Derivatives(design, inputs, left, weights, penalty);
            var move = Solve(curvature, gradient);
            for (var i = 0; i < weights.Length; i++) weights[i] += move[i];
            if (move.AbsoluteMaximum() < Close) return new LogisticModel(design with { Weights = weights });
        }
        throw new ChurnException("The logistic regression has no finite solution: some input tells who left without fail. Look for a leak, or allow a penalty.");
    }

    public static LogisticModel Load(byte[] artefact) => new(ChurnJson.Read<Fitted>(Encoding.UTF8.GetString(artefact)));

    public override byte[] Save() => Encoding.UTF8.GetBytes(ChurnJson.Write(_fitted));

    public override double[] LogOdds(FeatureMatrix inputs)
    {
        var terms = new double[_fitted.Terms];
        var odds = new double[inputs.Rows];
        for (var row = 0; row < inputs.Rows; row++) odds[row] = Dot(_fitted.Weights, _fitted.Fill(inputs.Row(row), terms));
        return odds;
    }

    public override float[] Contributions(FeatureMatrix inputs)
    {
        var terms = new double[_fitted.Terms];
        var parts = new float[inputs.Rows * (inputs.Width + 1)];
        for (var row = 0; row < inputs.Rows; row++)
        {
            _fitted.Fill(inputs.Row(row), terms);
            var at = row * (inputs.Width + 1);
            parts[at + inputs.Width] = (float)_fitted.Weights[0];
            for (var term = 1; term < terms.Length; term++)
                parts[at + _fitted.InputOf(term)] += (float)(_fitted.Weights[term] * terms[term]);
        }
        return parts;
    }

    /// <summary>Coefficients of the inputs as they are, the intercept first; of inputs that were always known.</summary>
    public double[] Coefficients()
    {
        var slopes = _fitted.Means.Select((_, i) => _fitted.Scales[i] == 0 ? 0 : _fitted.Weights[i + 1] / _fitted.Scales[i]).ToArray();
        return [_fitted.Weights[0] - slopes.Select((s, i) => s * _fitted.Means[i]).Sum(), .. slopes];
    }

    /// <summary>Intercept and slope of the only input.</summary>
    public (double Intercept, double Slope) Line() => Coefficients() is [var intercept, var slope] ? (intercept, slope) : throw new InvalidOperationException("It has several inputs.");

    private static (Vector<double> Gradient, Matrix<double> Curvature) Derivatives(
        Fitted design, FeatureMatrix inputs, IReadOnlyList<bool> left, double[] weights, double penalty)
    {
        var n = design.Terms;
        var (gradient, curvature, terms) = (new double[n], new double[n * n], new double[n]);
        for (var row = 0; row < inputs.Rows; row++)
        {
            design.Fill(inputs.Row(row), terms);
            var p = Platt.Sigmoid(Dot(weights, terms));
            var (error, weight) = ((left[row] ? 1 : 0) - p, p * (1 - p));
            for (var i = 0; i < n; i++)
            {
                if (terms[i] == 0) continue;
                gradient[i] += error * terms[i];
                for (var (j, wx) = (0, weight * terms[i]); j <= i; j++) curvature[i * n + j] += wx * terms[j];
            }
        }
        for (var i = 0; i < n; i++)
        {
            // The intercept is free; a term that never moves keeps weight 0.
            if (i > 0) (gradient[i], curvature[i * n + i]) = (gradient[i] - penalty * weights[i], curvature[i * n + i] + (design.Moves(i) ? penalty : 1));
            for (var j = 0; j < i; j++) curvature[j * n + i] = curvature[i * n + j];
        }
        return (DenseVector.OfArray(gradient), new DenseMatrix(n, n, curvature));
    }

    private static Vector<double> Solve(Matrix<double> curvature, Vector<double> gradient)
    {
        try
        {
            return curvature.Cholesky().Solve(gradient);
        }
        catch (ArgumentException singular)
        {
            throw new ChurnException("The logistic regression has no single solution: some inputs say the same, or tell who left without fail.", singular);
        }
    }

    private static double Dot(double[] weights, double[] terms)
    {
        var sum = 0.0;
        for (var i = 0; i < terms.Length; i++) sum += weights[i] * terms[i];
        return sum;
    }

    /// <summary>What is stored: the terms are 1, each input standardised, and for those in <see cref="Unknown"/> whether it is unknown.</summary>
    internal sealed record Fitted
    {
        public required double[] Means { get; init; }

        /// <summary>Standard deviations; 0 for an input that never moved.</summary>
        public required double[] Scales { get; init; }

        /// <summary>Inputs that were unknown in some row of the training.</summary>
        public required int[] Unknown { get; init; }

        public double[] Weights { get; init; } = [];

        internal int Terms => 1 + Means.Length + Unknown.Length;

        internal static Fitted Standardise(FeatureMatrix inputs)
        {
            var (means, scales, unknown) = (new double[inputs.Width], new double[inputs.Width], new List<int>());
            for (var input = 0; input < inputs.Width; input++)
            {
                var (n, mean, squares) = (0, 0.0, 0.0);
                for (var row = 0; row < inputs.Rows; row++)
                {
                    double value = inputs.Values[row * inputs.Width + input];
                    if (double.IsNaN(value)) continue;
                    var step = value - mean;
                    squares += step * (value - (mean += step / ++n));
                }
                (means[input], scales[input]) = (mean, n == 0 || squares == 0 ? 0 : Math.Sqrt(squares / n));
                if (n < inputs.Rows && n > 0) unknown.Add(input);
            }
            return new Fitted { Means = means, Scales = scales, Unknown = [.. unknown] };
        }

        internal bool Moves(int term) => term > Means.Length || Scales[term - 1] > 0;

        internal int InputOf(int term) => term <= Means.Length ? term - 1 : Unknown[term - Means.Length - 1];

        internal double[] Fill(ReadOnlySpan<float> row, double[] terms)
        {
            terms[0] = 1;
            for (var i = 0; i < Means.Length; i++)
                terms[i + 1] = float.IsNaN(row[i]) || Scales[i] == 0 ? 0 : (row[i] - Means[i]) / Scales[i];
            for (var i = 0; i < Unknown.Length; i++) terms[1 + Means.Length + i] = float.IsNaN(row[Unknown[i]]) ? 1 : 0;
            return terms;
        }
    }
}
