namespace S3Toolkit;

/// <summary>
/// How far a transfer is. Bytes count once the other side has acknowledged them, so the number never falls, retries or not.
/// </summary>
/// <param name="TransferredBytes">The acknowledged bytes so far.</param>
/// <param name="TotalBytes">All bytes; null while the length is not known.</param>
public readonly record struct TransferProgress(long TransferredBytes, long? TotalBytes)
{
    /// <summary>The part that is done, 0 to 1; null while the length is not known.</summary>
    public double? Fraction => TotalBytes switch
    {
        null => null,
        0 => 1,
        { } total => (double)TransferredBytes / total,
    };
}
