namespace S3Toolkit.Transfers;

/// <summary>A stream of the caller's as the body of an upload, and what is said when it is not as long as it claimed.</summary>
internal sealed class StreamSource(Stream stream, long? length, string target)
{
    public Stream Stream => stream;

    public long? Length => length;

    public string Target => target;

    public S3ToolkitException EndedEarly(long offset) => Changed($"it claimed {length} bytes and ended after {offset}");

    /// <summary>Makes sure that a stream of known length has no more: what lies behind it would be lost without a word.</summary>
    public async ValueTask ThrowIfMoreAsync(CancellationToken cancellationToken)
    {
        var probe = new byte[1];
        if (await stream.ReadAsync(probe, cancellationToken).ConfigureAwait(false) > 0)
            throw Changed($"it claimed {length} bytes and has more");
    }

    private S3ToolkitException Changed(string how) => new(
        $"The stream changed while it was uploaded to {target}: {how}. Nothing was written.", S3ErrorCode.SourceChanged);
}
