using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// Reads a range of a <see cref="FileBody"/>, block by block: no byte of a block is handed out before its checksum was held against it.
/// </summary>
internal sealed class FileBodyStream(FileBody body, long offset, long length) : Stream
{
    private readonly byte[] _block = ArrayPool<byte>.Shared.Rent(BlockChecksum.BlockBytes);
    private readonly long _end = offset + length;
    private long _position = offset;
    private SafeFileHandle? _handle;
    private int _openFile = -1;

    /// <summary>What of the block in memory was not handed out yet.</summary>
    private ReadOnlyMemory<byte> _verified;
    private bool _isDisposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => length - (_end - _position) - _verified.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the first file and verifies the first block, so that damage shows before anything was promised.</summary>
    /// <exception cref="StorageDamagedException">The file is missing, too short, or not what was written.</exception>
    public void Prime() => Fill();

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_verified.IsEmpty) Fill();
        int count = Math.Min(buffer.Length, _verified.Length);
        _verified.Span[..count].CopyTo(buffer);
        _verified = _verified[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        while (true)
        {
            if (_verified.IsEmpty) Fill();
            if (_verified.IsEmpty) return;
            ReadOnlyMemory<byte> ready = _verified;
            _verified = default;
            await destination.WriteAsync(ready, cancellationToken).ConfigureAwait(false);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _verified = default;
            _handle?.Dispose();
            ArrayPool<byte>.Shared.Return(_block);
        }
        base.Dispose(disposing);
    }

    private void Fill()
    {
        if (_position >= _end) return;
        (int index, long inFile) = body.Locate(_position);
        StoredFile file = body.Files[index];
        try
        {
            if (_openFile != index) Open(index, file);
            int block = (int)(inFile / BlockChecksum.BlockBytes);
            long blockStart = (long)block * BlockChecksum.BlockBytes;
            int blockLength = (int)Math.Min(BlockChecksum.BlockBytes, file.Length - blockStart);
            ReadWhole(file, blockStart, blockLength);
            uint expected = BinaryPrimitives.ReadUInt32BigEndian(file.Checksums.AsSpan(block * BlockChecksum.ValueBytes));
            if (BlockChecksum.Of(_block.AsSpan(0, blockLength)) != expected) throw Damaged(file, $"block {block} is not what was written");
            int skipped = (int)(inFile - blockStart);
            int count = (int)Math.Min(blockLength - skipped, _end - _position);
            _verified = _block.AsMemory(skipped, count);
            _position += count;
        }
        catch (Exception exception) when (DiskFailure.IsKnown(exception))
        {
            throw Damaged(file, exception.Message, exception);
        }
    }

    private void Open(int index, StoredFile file)
    {
        _handle?.Dispose();
        _openFile = -1;
        _handle = body.Store.OpenRead(file.Name);
        long actual = RandomAccess.GetLength(_handle);
        if (actual != file.Length) throw Damaged(file, $"it has {actual} bytes instead of {file.Length}");
        _openFile = index;
    }

    private void ReadWhole(StoredFile file, long start, int count)
    {
        for (int done = 0; done < count;)
        {
            int read = RandomAccess.Read(_handle!, _block.AsSpan(done, count - done), start + done);
            if (read == 0) throw Damaged(file, "it ends too early");
            done += read;
        }
    }

    private StorageDamagedException Damaged(StoredFile file, string reason, Exception? cause = null) => new(
        $"The stored bytes of '{body.Owner}' are damaged and not served: file '{body.Store.PathOf(file.Name)}': {reason}.", cause);
}
