using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Tests.Support;

/// <summary>Bytes into a storage and out of it.</summary>
internal static class StorageAccess
{
    public static async Task<StagedBody> StageBytesAsync(this IS3Storage storage, byte[] bytes, long? expectedBytes = null)
    {
        StagedBody body = await storage.StageAsync(expectedBytes ?? bytes.Length, default);
        for (int done = 0; done < bytes.Length;)
        {
            Memory<byte> memory = body.GetMemory();
            int count = Math.Min(memory.Length, bytes.Length - done);
            bytes.AsMemory(done, count).CopyTo(memory);
            await body.AdvanceAsync(count, default);
            done += count;
        }
        return body;
    }

    public static async Task<byte[]> ReadAllAsync(this IObjectBody body, long offset = 0, long? length = null)
    {
        using MemoryStream copy = new();
        await using Stream stream = await body.OpenAsync(offset, length ?? body.Length, default);
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
