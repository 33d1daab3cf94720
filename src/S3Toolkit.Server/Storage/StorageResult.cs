namespace S3Toolkit.Server.Storage;

/// <summary>The end of a storage operation and what it gives, when it gives something.</summary>
internal readonly record struct StorageResult<T>(StorageStatus Status, T? Value)
    where T : class
{
    public static StorageResult<T> Done(T value) => new(StorageStatus.Done, value);

    public static implicit operator StorageResult<T>(StorageStatus status) => new(status, null);
}
