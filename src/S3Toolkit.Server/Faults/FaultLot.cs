using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace S3Toolkit.Server.Faults;

/// <summary>
/// Draws a lot for one rule and one attempt: a hash of all that names them, and never the next number of a shared stream. Concurrent
/// requests come in any order, and each meets the same faults.
/// </summary>
internal static class FaultLot
{
    /// <returns>A number from 0 up to, but not including, 1.</returns>
    public static double Draw(long seed, string rule, int twin, FaultSubject subject, int attempt)
    {
        // The key may hold anything, so it comes last: no two lots have the same text.
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{seed}\n{rule}\n{twin}\n{subject.Operation}\n{subject.BucketName}\n{subject.PartNumber}\n{attempt}\n{subject.Key}");
        ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text));
        return (hash >> 11) * (1.0 / (1UL << 53)); // the 53 bits that a double keeps
    }
}
