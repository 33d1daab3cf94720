namespace S3Toolkit.Stores;

/// <summary>Checks of presign options, which meet no server that would.</summary>
internal static class PresignRule
{
    public static void RequireExpiry(TimeSpan expiresIn)
    {
        if (expiresIn < TimeSpan.FromSeconds(1) || expiresIn > PresignOptions.MaxExpiresIn)
        {
            throw new ArgumentOutOfRangeException(
                nameof(expiresIn), expiresIn, "A presigned request lives from 1 second to 7 days, a limit of SigV4.");
        }
    }
}
