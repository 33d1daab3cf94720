namespace S3Toolkit.Transport;

/// <summary>
/// The attempt that a request belongs to, as it passes through the SDK, which hands nothing of ours on to its HTTP client.
/// </summary>
internal static class CurrentAttempt
{
    private static readonly AsyncLocal<S3Attempt?> Attempt = new();

    public static S3Attempt? Value
    {
        get => Attempt.Value;
        set => Attempt.Value = value;
    }
}
