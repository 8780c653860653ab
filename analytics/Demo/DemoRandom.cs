using System.Numerics;

namespace Followthrough.Analytics.Demo;

/// <summary>xoshiro256** seeded by SplitMix64: its sequence is ours and so the same on every runtime, unlike System.Random's.</summary>
internal sealed class DemoRandom
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>The generator of one customer (or, with number 0, of reference data), independent of all others.</summary>
    public DemoRandom(int seed, int number)
    {
        var state = ((ulong)(uint)seed << 32) ^ (uint)number;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Uniform in [low, high].</summary>
    public int Whole(int low, int high) => low + (int)(Unit() * (high - low + 1));

    /// <summary>Uniform in [low, high).</summary>
    public double Real(double low, double high) => low + Unit() * (high - low);

    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public T Pick<T>(IReadOnlyList<T> items) => items[(int)(Unit() * items.Count)];

    /// <summary>One of the items, each with its weight; weights need not add up to one.</summary>
    public T Pick<T>(params ReadOnlySpan<(double Weight, T Item)> choices)
    {
        var total = 0.0;
        foreach (var (weight, _) in choices) total += weight;
        var left = Unit() * total;
        foreach (var (weight, item) in choices)
        {
            if (left < weight) return item;
            left -= weight;
        }

        return choices[^1].Item;
    }

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
