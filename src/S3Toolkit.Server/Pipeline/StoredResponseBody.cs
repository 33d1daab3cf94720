using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// A range of a stored body, open already: what cannot be read must be an error, and not the end of an answer that began well.
/// </summary>
internal sealed class StoredResponseBody : ResponseBody
{
    private const int CopyBufferBytes = 64 * 1024;

    private readonly Stream _source;

    private StoredResponseBody(Stream source, long length)
    {
        _source = source;
        Length = length;
    }

    public override long Length { get; }

    /// <exception cref="StorageDamagedException">The bytes are not those that were stored.</exception>
    public static async ValueTask<StoredResponseBody> OpenAsync(
        IObjectBody body, long offset, long length, CancellationToken cancellationToken) =>
        new(await body.OpenAsync(offset, length, cancellationToken).ConfigureAwait(false), length);

    public override Task WriteAsync(Stream destination, CancellationToken cancellationToken) =>
        _source.CopyToAsync(destination, CopyBufferBytes, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
