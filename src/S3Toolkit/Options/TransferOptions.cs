namespace S3Toolkit;

/// <summary>How large bodies are cut into parts.</summary>
/// <remarks>
/// An upload of a stream holds at most <c>(MaxConcurrency + 1) x PartSizeBytes</c> in memory, and all transfers of a store together at
/// most <see cref="S3ToolkitOptions.MaxBufferBytes"/>. An upload of a file is read as it is sent and holds no parts; a download to a file
/// is written as it comes and holds 128 KiB for each part that moves.
/// </remarks>
public sealed record TransferOptions
{
    /// <summary>The smallest part that S3 takes, the last one excepted: 5 MiB ("Amazon S3 multipart upload limits").</summary>
    public const long MinPartSizeBytes = 5L * 1024 * 1024;

    /// <summary>The largest part that S3 takes: 5 GiB ("Amazon S3 multipart upload limits").</summary>
    public const long MaxPartSizeBytes = 5L * 1024 * 1024 * 1024;

    /// <summary>The most parts that an upload can have: 10,000 ("Amazon S3 multipart upload limits").</summary>
    public const int MaxPartCount = 10_000;

    /// <summary>
    /// The size of a part in bytes, <see cref="MinPartSizeBytes"/> to <see cref="MaxPartSizeBytes"/>. It grows by itself where 10,000 parts
    /// would not do; a download follows the parts that the object was uploaded in where those have 8 to 64 MiB.
    /// </summary>
    /// <value>The default is 8 MiB, as <c>aws</c> and boto3 have it.</value>
    public long PartSizeBytes { get; set; } = 8L * 1024 * 1024;

    /// <summary>Bodies of this many bytes and more go up in parts; smaller ones in one request.</summary>
    /// <value>The default is 16 MiB: two parts, the least for which parallel parts can gain.</value>
    public long MultipartThresholdBytes { get; set; } = 16L * 1024 * 1024;

    /// <summary>How many parts of one transfer move at once, 1 to 1,000. With 1 a download is one stream.</summary>
    /// <value>The default is 4.</value>
    public int MaxConcurrency { get; set; } = 4;

    /// <summary>Objects above this size are copied in parts, since <c>CopyObject</c> stops at 5 GiB.</summary>
    /// <value>The default is 5 GiB.</value>
    public long CopyThresholdBytes { get; set; } = MaxPartSizeBytes;

    /// <summary>
    /// The size of a part of a copy in bytes. The server moves the bytes, so larger parts than for an upload cost nothing here.
    /// </summary>
    /// <value>The default is 512 MiB.</value>
    public long CopyPartSizeBytes { get; set; } = 512L * 1024 * 1024;
}
