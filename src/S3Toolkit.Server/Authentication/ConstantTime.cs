using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace S3Toolkit.Server.Authentication;

/// <summary>Compares secrets without telling by the time taken where they differ.</summary>
internal static class ConstantTime
{
    public static bool Equals(string? left, string? right) => left is not null && right is not null
        && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(left.AsSpan()), MemoryMarshal.AsBytes(right.AsSpan()));
}
