using System.Buffers;

namespace S3Toolkit.Transport.Direct;

/// <summary>A document of an answer, whole in a rented buffer.</summary>
internal readonly struct ResponseBody : IDisposable
{
    /// <summary>An error that is longer says nothing that a reader would want.</summary>
    public const int MaxErrorBytes = 64 * 1024;

    /// <summary>Above any page of a listing: 1,000 entries with keys of 1,024 bytes, each byte escaped, and their other fields.</summary>
    public const int MaxDocumentBytes = 64 * 1024 * 1024;

    private const int FirstBytes = 16 * 1024;

    private readonly byte[] _rented;
    private readonly int _length;

    private ResponseBody(byte[] rented, int length) => (_rented, _length) = (rented, length);

    public ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

    /// <summary>
    /// Reads to the end, or to the limit. Each read tells the attempt that bytes move: S3 sends white space while it copies.
    /// </summary>
    public static async ValueTask<ResponseBody> ReadAsync(HttpResponseMessage response, S3Attempt attempt, int maxBytes = MaxDocumentBytes)
    {
        var expected = response.Content.Headers.ContentLength is { } length and < MaxDocumentBytes ? (int)length + 1 : FirstBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(expected, maxBytes));
        var count = 0;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(attempt.Token).ConfigureAwait(false);
            await using var owned = stream.ConfigureAwait(false);
            while (count < maxBytes)
            {
                if (count == buffer.Length) buffer = Grow(buffer, count);
                var read = await stream.ReadAsync(buffer.AsMemory(count), attempt.Token).ConfigureAwait(false);
                attempt.Touch();
                if (read == 0) break;
                count += read;
            }

            return new ResponseBody(buffer, count);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);

    private static byte[] Grow(byte[] buffer, int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
