using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// Reads a range of a body in files, block by block: no byte of a block is handed out before its checksum was held against it. All files
/// of the range stay until it is disposed.
/// </summary>
internal sealed class FileBodyStream : Stream
{
    private readonly BodyFiles _store;
    private readonly FileRange _range;
    private readonly string _owner;
    private readonly byte[] _block = ArrayPool<byte>.Shared.Rent(BlockChecksum.BlockBytes);

    /// <summary>What of the range was not read from its files yet.</summary>
    private long _left;
    private int _file;
    private long _inFile;
    private SafeFileHandle? _handle;

    /// <summary>What of the block in memory was not handed out yet.</summary>
    private ReadOnlyMemory<byte> _verified;
    private bool _isDisposed;

    private FileBodyStream(BodyFiles store, FileRange range, string owner)
    {
        (_store, _range, _owner) = (store, range, owner);
        (_left, _inFile) = (range.Length, range.Offset);
        store.Pin(range.Files);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _range.Length;

    public override long Position
    {
        get => _range.Length - _left - _verified.Length;
        set => throw new NotSupportedException();
    }

    /// <summary>Opens the first file and verifies the first block, so that damage shows before anything was promised.</summary>
    /// <param name="store">Where the files are.</param>
    /// <param name="range">What is read.</param>
    /// <param name="owner">Bucket and key, for messages.</param>
    /// <exception cref="StorageDamagedException">The file is missing, too short, or not what was written.</exception>
    public static FileBodyStream Open(BodyFiles store, FileRange range, string owner)
    {
        FileBodyStream stream = new(store, range, owner);
        try
        {
            stream.Fill();
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

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
            _store.Unpin(_range.Files);
        }
        base.Dispose(disposing);
    }

    private void Fill()
    {
        if (_left == 0) return;
        StoredFile file = _range.Files[_file];
        try
        {
            if (_handle is null) Open(file);
            int block = (int)(_inFile / BlockChecksum.BlockBytes);
            long blockStart = (long)block * BlockChecksum.BlockBytes;
            int blockLength = (int)Math.Min(BlockChecksum.BlockBytes, file.Length - blockStart);
            ReadWhole(file, blockStart, blockLength);
            uint expected = BinaryPrimitives.ReadUInt32BigEndian(file.Checksums.AsSpan(block * BlockChecksum.ValueBytes));
            if (BlockChecksum.Of(_block.AsSpan(0, blockLength)) != expected) throw Damaged(file, $"block {block} is not what was written");
            int skipped = (int)(_inFile - blockStart);
            int count = (int)Math.Min(blockLength - skipped, _left);
            _verified = _block.AsMemory(skipped, count);
            Advance(file, count);
        }
        catch (Exception exception) when (DiskFailure.IsKnown(exception))
        {
            throw Damaged(file, exception.Message, exception);
        }
    }

    private void Advance(StoredFile file, int count)
    {
        _left -= count;
        _inFile += count;
        if (_inFile < file.Length) return;
        _handle!.Dispose();
        _handle = null;
        (_file, _inFile) = (_file + 1, 0);
    }

    private void Open(StoredFile file)
    {
        _handle = _store.OpenRead(file.Name);
        long actual = RandomAccess.GetLength(_handle);
        if (actual != file.Length) throw Damaged(file, $"it has {actual} bytes instead of {file.Length}");
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
        $"The stored bytes of '{_owner}' are damaged and not served: file '{_store.PathOf(file.Name)}': {reason}.", cause);
}
