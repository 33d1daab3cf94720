using Microsoft.Extensions.Logging.Abstractions;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Storage.Disk;
using S3Toolkit.Server.Storage.Memory;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>A storage of either kind, with its folder if it has one.</summary>
internal sealed class TestStorage(IS3Storage storage, TemporaryFolder? folder) : IAsyncDisposable
{
    public IS3Storage Storage { get; private set; } = storage;

    public static TestStorage Open(StorageKind kind)
    {
        if (kind == StorageKind.Memory) return new TestStorage(new MemoryStorage(), null);
        TemporaryFolder folder = new();
        return new TestStorage(OpenDisk(folder.Path), folder);
    }

    public static DiskStorage OpenDisk(string path, TimeProvider? time = null) =>
        DiskStorage.Open(path, time ?? TimeProvider.System, NullLogger.Instance);

    /// <summary>Closes it and opens it again; in memory there is nothing to open.</summary>
    public async Task ReopenAsync()
    {
        if (folder is null) return;
        await Storage.DisposeAsync();
        Storage = OpenDisk(folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        folder?.Dispose();
    }
}
