namespace S3Toolkit.Server.Storage;

/// <summary>The stored bytes of an object or of a part. Immutable; readable as long as somebody holds it, deleted or not.</summary>
internal interface IObjectBody
{
    long Length { get; }

    /// <summary>Opens a range, which must lie inside the body.</summary>
    ValueTask<Stream> OpenAsync(long offset, long length, CancellationToken cancellationToken);
}
