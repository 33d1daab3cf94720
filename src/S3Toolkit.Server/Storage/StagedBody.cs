namespace S3Toolkit.Server.Storage;

/// <summary>
/// A body on its way in, invisible until it is committed with its object. Bytes are read right into the storage's own memory:
/// ask for memory, fill some of it, advance. Disposing without a commit discards the bytes.
/// </summary>
internal abstract class StagedBody : IAsyncDisposable
{
    public abstract long Length { get; }

    public abstract Memory<byte> GetMemory();

    public abstract ValueTask AdvanceAsync(int bytes, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
