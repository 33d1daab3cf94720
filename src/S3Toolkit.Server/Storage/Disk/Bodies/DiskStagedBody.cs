using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace S3Toolkit.Server.Storage.Disk.Bodies;

/// <summary>
/// Collects a body: a small one in memory, a large one in a temporary file, block by block. Until it is committed, disposing deletes it.
/// </summary>
internal sealed class DiskStagedBody : StagedBody
{
    private readonly BodyFiles _files;
    private readonly BodyTrash _trash;
    private readonly ArrayBufferWriter<byte> _checksums = new(BlockChecksum.ValueBytes);
    private byte[] _buffer;
    private int _capacity;
    private int _used;
    private long _length;
    private long _written;
    private string? _name;
    private SafeFileHandle? _handle;
    private bool _isKept;

    public DiskStagedBody(BodyFiles files, BodyTrash trash, long? expectedBytes)
    {
        (_files, _trash) = (files, trash);
        // One byte more than fits inline: a body's end only shows when a read finds nothing, and a read needs room.
        _capacity = expectedBytes <= BodyPlacement.MaxInlineBytes ? (int)expectedBytes + 1 : BlockChecksum.BlockBytes;
        _buffer = ArrayPool<byte>.Shared.Rent(_capacity);
    }

    public override long Length => _length;

    /// <summary>Null while it has none: a small body may need none.</summary>
    public string? FileName => _name;

    /// <summary>Whether the file stays after this.</summary>
    public bool IsKept => _isKept;

    public override Memory<byte> GetMemory() => _buffer.AsMemory(_used, _capacity - _used);

    public override async ValueTask AdvanceAsync(int bytes, CancellationToken cancellationToken)
    {
        _used += bytes;
        _length += bytes;
        if (_used < _capacity) return;
        if (_capacity < BlockChecksum.BlockBytes) Grow();
        else await WriteBlockAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the body: once this returns its bytes survive a power cut, but nothing points at them yet.</summary>
    /// <exception cref="StorageFullException">There is no room.</exception>
    public async ValueTask<BodyPlacement> SealAsync(bool allowInline, CancellationToken cancellationToken)
    {
        if (_handle is null && allowInline && _length <= BodyPlacement.MaxInlineBytes)
        {
            if (_length == 0) return BodyPlacement.Inline.Empty;
            byte[] bytes = _buffer.AsSpan(0, _used).ToArray();
            return new BodyPlacement.Inline(bytes, BlockChecksum.Of(bytes));
        }
        if (_used > 0 || _handle is null) await WriteBlockAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _files.Promote(_name!, _handle!);
        }
        catch (Exception exception) when (DiskFailure.IsKnown(exception))
        {
            throw DiskFailure.Of(exception);
        }
        return new BodyPlacement.InFiles([new StoredFile(_name!, _length, _checksums.WrittenSpan.ToArray())]);
    }

    /// <summary>
    /// The file stays: an object has it, or may have it after the next start (a commit that was begun and failed).
    /// </summary>
    public void Keep() => _isKept = true;

    public override ValueTask DisposeAsync()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _capacity = _used = 0;
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        _handle?.Dispose();
        if (_name is null || _isKept) return default;
        // Both: a move whose folder could not be flushed has happened all the same.
        _files.TryDelete(_name);
        _files.DeleteTemporary(_name);
        _name = null;
        return default;
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(BlockChecksum.BlockBytes);
        _buffer.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _capacity) = (larger, BlockChecksum.BlockBytes);
    }

    private async ValueTask WriteBlockAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DiskFailure.IsKnown(exception))
        {
            Exception failure = DiskFailure.Of(exception);
            // Files that only wait for late readers make room first; with none of them the disk is full.
            if (failure is not StorageFullException || !await _trash.MakeRoomAsync(cancellationToken).ConfigureAwait(false)) throw failure;
            await RetryWriteAsync(cancellationToken).ConfigureAwait(false);
        }
        if (_used > 0)
        {
            BlockChecksum.Write(_buffer.AsSpan(0, _used), _checksums.GetSpan(BlockChecksum.ValueBytes)[..BlockChecksum.ValueBytes]);
            _checksums.Advance(BlockChecksum.ValueBytes);
        }
        _written += _used;
        _used = 0;
    }

    private async ValueTask RetryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DiskFailure.IsKnown(exception))
        {
            throw DiskFailure.Of(exception);
        }
    }

    private async ValueTask WriteBufferAsync(CancellationToken cancellationToken)
    {
        _name ??= _files.NewName();
        _handle ??= _files.CreateTemporary(_name);
        await RandomAccess.WriteAsync(_handle, _buffer.AsMemory(0, _used), _written, cancellationToken).ConfigureAwait(false);
    }
}
