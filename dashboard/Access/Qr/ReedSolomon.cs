namespace Followthrough.Dashboard.Access.Qr;

/// <summary>The correction of a QR code: the remainder of the data, as a polynomial over the field of 256 elements with the modulus 0x11D.</summary>
internal static class ReedSolomon
{
    private const int Modulus = 0x11D;

    internal static byte[] Remainder(byte[] data, int length)
    {
        var divisor = Divisor(length);
        var remainder = new byte[length];
        foreach (var unit in data)
        {
            var factor = (byte)(unit ^ remainder[0]);
            remainder.AsSpan(1).CopyTo(remainder);
            remainder[^1] = 0;
            for (var i = 0; i < length; i++) remainder[i] ^= Product(divisor[i], factor);
        }
        return remainder;
    }

    // (x - 1)(x - 2)(x - 4)…, without its leading 1, the highest power first.
    private static byte[] Divisor(int degree)
    {
        var divisor = new byte[degree];
        divisor[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++, root = Product(root, 2))
            for (var j = 0; j < degree; j++)
                divisor[j] = (byte)(Product(divisor[j], root) ^ (j + 1 < degree ? divisor[j + 1] : 0));
        return divisor;
    }

    private static byte Product(int a, int b)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * Modulus);
            if (((b >> bit) & 1) == 1) product ^= a;
        }
        return (byte)product;
    }
}
