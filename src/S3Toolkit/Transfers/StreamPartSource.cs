using System.Buffers;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Cuts a stream into parts in rented buffers. The stream is read once, in order, and by nobody else.</summary>
/// <param name="source">The stream.</param>
/// <param name="first">What was read already, to be part 1; null for nothing. It is owned from here on.</param>
/// <param name="sizeOf">The size of a part by its number.</param>
/// <param name="profile">The provider's limits.</param>
/// <param name="budget">Where the buffers' tickets come from.</param>
/// <param name="pool">Where the buffers come from.</param>
internal sealed class StreamPartSource(
    StreamSource source, PartBuffer? first, Func<int, long> sizeOf, S3ProviderProfile profile, ByteBudget budget, ArrayPool<byte> pool)
    : IPartSource, IDisposable
{
    private PartBuffer? _first = first;
    private long _read;
    private int _number;
    private bool _ended;

    public long? Length => source.Length ?? (_ended ? _read : null);

    public async ValueTask<UploadPart?> NextAsync(CancellationToken cancellationToken)
    {
        if (_ended) return null;
        if (_first is { } begun)
        {
            _first = null;
            return Take(begun);
        }

        if (_read == source.Length)
        {
            await source.ThrowIfMoreAsync(cancellationToken).ConfigureAwait(false);
            _ended = true;
            return null;
        }

        var size = (int)Math.Min(sizeOf(_number + 1), (source.Length ?? long.MaxValue) - _read);
        var buffer = await PartBuffer.FillAsync(source.Stream, size, budget, pool, cancellationToken).ConfigureAwait(false);
        return Take(buffer);
    }

    public void ThrowIfChanged()
    {
    }

    public void Dispose() => _first?.Dispose();

    private UploadPart? Take(PartBuffer buffer)
    {
        try
        {
            if (!buffer.IsFull && source.Length is not null) throw source.EndedEarly(_read + buffer.Length);
            _ended = !buffer.IsFull;
            if (buffer.Length == 0)
            {
                buffer.Dispose();
                return null;
            }

            _read += buffer.Length;
            if (++_number > profile.MaxPartCount || _read > profile.MaxObjectBytes) throw TooLarge();
            return new UploadPart(_number, new MemoryBody(buffer.Memory), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    private S3ToolkitException TooLarge() => new(
        $"The stream for {source.Target} is too large: more than {_read} bytes do not fit into {profile.MaxPartCount} parts"
        + $"{(profile.NeedsEqualParts ? " of equal size" : "")}, or into the {profile.MaxObjectBytes} bytes that '{profile.Name}' allows. "
        + "Raise PartSizeBytes (and MaxBufferBytes, a part is at most a quarter of it), or upload a file. Nothing was written.",
        new S3ErrorCode("EntityTooLarge"));
}
