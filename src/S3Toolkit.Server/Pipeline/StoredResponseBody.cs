using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Pipeline;

/// <summary>A range of a stored body.</summary>
internal sealed class StoredResponseBody(IObjectBody body, long offset, long length) : ResponseBody
{
    private const int CopyBufferBytes = 64 * 1024;

    public override long Length => length;

    public override async Task WriteAsync(Stream destination, CancellationToken cancellationToken)
    {
        Stream source = await body.OpenAsync(offset, length, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(destination, CopyBufferBytes, cancellationToken).ConfigureAwait(false);
        }
    }
}
