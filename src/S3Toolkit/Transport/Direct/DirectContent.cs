using System.Globalization;
using System.Net;
using System.Text;
using S3Toolkit.Checksums;

namespace S3Toolkit.Transport.Direct;

/// <summary>
/// The bytes of a request. With a trailer they are one chunk of the aws-chunked encoding, and the checksum, computed while they pass,
/// follows them: the content is read once.
/// </summary>
/// <remarks>See https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html.</remarks>
internal sealed class DirectContent(RequestBody body, ChecksumFunction? trailer, S3Attempt attempt) : HttpContent
{
    private const int BlockBytes = 128 * 1024;

    /// <summary>The trailer's value once the body has passed; null before, and without a trailer.</summary>
    public string? TrailerValue { get; private set; }

    /// <summary>Whether the bytes are framed, which <c>Content-Encoding</c> must say.</summary>
    public bool IsChunked => trailer is not null;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var checksum = trailer is { } function ? IncrementalChecksum.Create(function) : null;
        if (checksum is not null && body.Length > 0)
            await stream.WriteAsync(Encoding.ASCII.GetBytes(ChunkHead()), cancellationToken).ConfigureAwait(false);

        var reader = new BodyReader(body, BlockBytes, attempt);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { IsEmpty: false } block)
            {
                checksum?.Append(block.Span);
                await stream.WriteAsync(block, cancellationToken).ConfigureAwait(false);
            }
        }

        if (checksum is null) return;
        TrailerValue = checksum.ToBase64();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(End(TrailerValue)), cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        if (trailer is not { } function) return true;
        if (body.Length > 0) length += ChunkHead().Length;
        length += End(new string('=', ((function.ValueSizeBytes() + 2) / 3) * 4)).Length;
        return true;
    }

    private string ChunkHead() => body.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n";

    private string End(string value) => (body.Length > 0 ? "\r\n" : "") + $"0\r\n{trailer!.Value.ToHeaderName()}:{value}\r\n\r\n";
}
