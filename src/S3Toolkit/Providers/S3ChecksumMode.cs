namespace S3Toolkit;

/// <summary>When the <c>x-amz-checksum-*</c> headers of S3 are sent with a request, or asked for and checked on a response.</summary>
public enum S3ChecksumMode
{
    /// <summary>On every operation that knows them. The default of Amazon S3 since January 2025.</summary>
    WhenSupported,

    /// <summary>Only where an operation demands one. What many compatible stores need, because they refuse or ignore the headers.</summary>
    WhenRequired,
}
