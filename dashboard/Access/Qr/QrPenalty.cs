namespace Followthrough.Dashboard.Access.Qr;

/// <summary>How hard a QR code is to read: of eight ways to draw the same, the one with the lowest number is taken (ISO/IEC 18004, 7.8.3).</summary>
internal static class QrPenalty
{
    // What a reader could take for one of the three large squares.
    private static readonly bool[] Misleading = [true, false, true, true, true, false, true, false, false, false, false];

    internal static int Of(QrCode code)
    {
        var lines = Enumerable.Range(0, code.Size)
            .SelectMany(i => new[] { Line(code.Size, at => code.IsDark(at, i)), Line(code.Size, at => code.IsDark(i, at)) }).ToList();
        return lines.Sum(Runs) + lines.Sum(Likenesses) + Squares(code) + Balance(code);
    }

    private static bool[] Line(int size, Func<int, bool> at) => [.. Enumerable.Range(0, size).Select(at)];

    // Five or more alike in a row.
    private static int Runs(bool[] line)
    {
        var (penalty, run) = (0, 1);
        for (var i = 1; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == line[i - 1])
            {
                run++;
                continue;
            }
            if (run >= 5) penalty += run - 2;
            run = 1;
        }
        return penalty;
    }

    private static int Likenesses(bool[] line)
    {
        var backwards = Misleading.Reverse().ToArray();
        return Enumerable.Range(0, line.Length - Misleading.Length + 1)
            .Sum(i => (line.AsSpan(i, Misleading.Length).SequenceEqual(Misleading) ? 40 : 0) + (line.AsSpan(i, Misleading.Length).SequenceEqual(backwards) ? 40 : 0));
    }

    // Two by two alike.
    private static int Squares(QrCode code)
    {
        var penalty = 0;
        for (var y = 1; y < code.Size; y++)
            for (var x = 1; x < code.Size; x++)
                if (code.IsDark(x, y) is var dark && code.IsDark(x - 1, y) == dark && code.IsDark(x, y - 1) == dark && code.IsDark(x - 1, y - 1) == dark) penalty += 3;
        return penalty;
    }

    // Ten for each twentieth that the dark ones are away from a half.
    private static int Balance(QrCode code)
    {
        var dark = Enumerable.Range(0, code.Size).Sum(y => Enumerable.Range(0, code.Size).Count(x => code.IsDark(x, y)));
        return Math.Abs((dark * 20) - (code.Size * code.Size * 10)) / (code.Size * code.Size) * 10;
    }
}
