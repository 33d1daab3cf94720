namespace S3Toolkit;

/// <summary>Options of <c>OpenAsync</c>: how far the stream reads ahead.</summary>
public sealed record OpenObjectOptions : PinnedReadOptions
{
    /// <summary>How many bytes are fetched where a reading begins, and after each seek that leaves the buffer; 4 KiB to 1 GiB.</summary>
    /// <value>The default is 1 MiB: about what a connection brings in the time of one more request.</value>
    public long FirstReadBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// How many bytes a stream that is read on and on holds at most; reading ahead begins with <see cref="FirstReadBytes"/> and doubles up
    /// to this. At least <see cref="FirstReadBytes"/>, and never more than a quarter of <see cref="S3ToolkitOptions.MaxBufferBytes"/>.
    /// </summary>
    /// <value>The default is 64 MiB.</value>
    public long MaxReadAheadBytes { get; init; } = 64 * 1024 * 1024;
}
