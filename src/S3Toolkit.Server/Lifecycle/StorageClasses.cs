namespace S3Toolkit.Server.Lifecycle;

/// <summary>The classes that objects can be moved to, from warm to cold: a rule moves them one way only.</summary>
internal static class StorageClasses
{
    /// <summary>What is smaller costs more to move than it saves.</summary>
    private const long DefaultMinBytes = 128 * 1024;

    private static readonly string[] ByColdness =
        ["STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"];

    public static bool CanBeMovedTo(string storageClass) => ByColdness.Contains(storageClass);

    /// <summary>-1 for what is not cold at all.</summary>
    public static int Coldness(string storageClass) => Array.IndexOf(ByColdness, storageClass);

    public static bool IsArchive(string storageClass) => storageClass is "GLACIER" or "DEEP_ARCHIVE";

    /// <summary>S3 keeps an object so many days in STANDARD before it may go there.</summary>
    public static int MinDays(string storageClass) => storageClass is "STANDARD_IA" or "ONEZONE_IA" ? 30 : 0;

    /// <summary>The smallest object that a rule without a size of its own moves.</summary>
    public static long MinBytes(LifecycleRecord rules, string storageClass) =>
        rules.VariesByStorageClass && IsArchive(storageClass) ? 0 : DefaultMinBytes;
}
