using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Followthrough.Analytics.Facts;

/// <summary>
/// The id under which a customer's facts are stored: the first 63 bits of its source key's SHA-256. No look-up, no sequence:
/// the same in every load order, on every replica and after a restore.
/// </summary>
public static class AccountId
{
    /// <summary>The id of an account's source key, 0 or more.</summary>
    public static long Of(string sourceKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(sourceKey), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash) & long.MaxValue;
    }
}
