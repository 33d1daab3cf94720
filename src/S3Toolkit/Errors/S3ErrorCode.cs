namespace S3Toolkit;

/// <summary>
/// The error code of an S3 answer, such as <c>NoSuchKey</c>. Codes that this library does not know survive unchanged; compare by value.
/// </summary>
/// <remarks>Codes in the section "client" are given by this library when no server answered.</remarks>
public readonly record struct S3ErrorCode
{
    private const string Unknown = "Unknown";

    private readonly string? _value;

    /// <summary>Creates an error code.</summary>
    /// <param name="value">The code as the server wrote it.</param>
    public S3ErrorCode(string? value) => _value = value is null or "" or Unknown ? null : value;

    /// <summary>The code as the server wrote it; <c>Unknown</c> when the answer had none.</summary>
    public string Value => _value ?? Unknown;

    /// <summary>The object does not exist (404).</summary>
    public static S3ErrorCode NoSuchKey { get; } = new("NoSuchKey");

    /// <summary>The version does not exist (404).</summary>
    public static S3ErrorCode NoSuchVersion { get; } = new("NoSuchVersion");

    /// <summary>The bucket does not exist (404).</summary>
    public static S3ErrorCode NoSuchBucket { get; } = new("NoSuchBucket");

    /// <summary>The multipart upload does not exist, was aborted or was completed (404).</summary>
    public static S3ErrorCode NoSuchUpload { get; } = new("NoSuchUpload");

    /// <summary>The bucket has no tags (404).</summary>
    public static S3ErrorCode NoSuchTagSet { get; } = new("NoSuchTagSet");

    /// <summary>Something is missing, and the answer, usually one to HEAD, does not say what (404).</summary>
    public static S3ErrorCode NotFound { get; } = new("NotFound");

    /// <summary>The object was not modified (304).</summary>
    public static S3ErrorCode NotModified { get; } = new("NotModified");

    /// <summary>The caller may not do this (403).</summary>
    public static S3ErrorCode AccessDenied { get; } = new("AccessDenied");

    /// <summary>The access key is unknown to the server (403).</summary>
    public static S3ErrorCode InvalidAccessKeyId { get; } = new("InvalidAccessKeyId");

    /// <summary>The signature is wrong: usually a wrong secret (403).</summary>
    public static S3ErrorCode SignatureDoesNotMatch { get; } = new("SignatureDoesNotMatch");

    /// <summary>The clocks of client and server differ by more than the server allows (403).</summary>
    public static S3ErrorCode RequestTimeTooSkewed { get; } = new("RequestTimeTooSkewed");

    /// <summary>A condition of the request did not hold (412).</summary>
    public static S3ErrorCode PreconditionFailed { get; } = new("PreconditionFailed");

    /// <summary>Another conditional write to the same key was in progress (409).</summary>
    public static S3ErrorCode ConditionalRequestConflict { get; } = new("ConditionalRequestConflict");

    /// <summary>The range lies outside the object (416).</summary>
    public static S3ErrorCode InvalidRange { get; } = new("InvalidRange");

    /// <summary>The bucket still holds objects, versions or delete markers (409).</summary>
    public static S3ErrorCode BucketNotEmpty { get; } = new("BucketNotEmpty");

    /// <summary>Somebody else has a bucket of this name (409).</summary>
    public static S3ErrorCode BucketAlreadyExists { get; } = new("BucketAlreadyExists");

    /// <summary>The bucket is there already, and it is ours (409).</summary>
    public static S3ErrorCode BucketAlreadyOwnedByYou { get; } = new("BucketAlreadyOwnedByYou");

    /// <summary>The bucket lives behind another endpoint (301).</summary>
    public static S3ErrorCode PermanentRedirect { get; } = new("PermanentRedirect");

    /// <summary>The body arrived with another digest than was announced (400).</summary>
    public static S3ErrorCode BadDigest { get; } = new("BadDigest");

    /// <summary>The server asks to slow down (503).</summary>
    public static S3ErrorCode SlowDown { get; } = new("SlowDown");

    /// <summary>The server failed inside (500).</summary>
    public static S3ErrorCode InternalError { get; } = new("InternalError");

    /// <summary>The server is overloaded or down for now (503).</summary>
    public static S3ErrorCode ServiceUnavailable { get; } = new("ServiceUnavailable");

    /// <summary>The server does not know this operation (501).</summary>
    public static S3ErrorCode NotImplemented { get; } = new("NotImplemented");

    /// <summary>Client: no connection could be made, or it broke before an answer.</summary>
    public static S3ErrorCode ConnectionFailed { get; } = new("ConnectionFailed");

    /// <summary>
    /// Client: a connection was made, and TLS failed on it: a certificate that is not trusted, or a server that speaks plain http.
    /// </summary>
    public static S3ErrorCode TlsFailed { get; } = new("TlsFailed");

    /// <summary>Client: no byte moved for the inactivity time-out.</summary>
    public static S3ErrorCode InactivityTimeout { get; } = new("InactivityTimeout");

    /// <summary>Client: the total time-out ran out, retries included.</summary>
    public static S3ErrorCode TotalTimeout { get; } = new("TotalTimeout");

    /// <summary>Client: too many calls of this store are in flight, and none ended in time.</summary>
    public static S3ErrorCode TooManyOpenCalls { get; } = new("TooManyOpenCalls");

    /// <summary>Client: the circuit breaker of this endpoint and bucket is open.</summary>
    public static S3ErrorCode CircuitOpen { get; } = new("CircuitOpen");

    /// <summary>Client: what answered is no S3, for example a web server's HTML page.</summary>
    public static S3ErrorCode NotAnS3Endpoint { get; } = new("NotAnS3Endpoint");

    /// <summary>Client: no credentials were found.</summary>
    public static S3ErrorCode NoCredentials { get; } = new("NoCredentials");

    /// <summary>Client: a source changed its size while it was read, or ended early.</summary>
    public static S3ErrorCode SourceChanged { get; } = new("SourceChanged");

    /// <summary>Client: a file could not be read while it was uploaded.</summary>
    public static S3ErrorCode SourceUnreadable { get; } = new("SourceUnreadable");

    /// <summary>Client: the server does not say where a listing goes on.</summary>
    public static S3ErrorCode BrokenListing { get; } = new("BrokenListing");

    /// <summary>Client: the content does not have the checksum or length that it should have.</summary>
    public static S3ErrorCode ContentCorrupted { get; } = new("ContentCorrupted");

    /// <summary>Creates an error code from its text.</summary>
    /// <param name="value">The code as the server wrote it.</param>
    public static implicit operator S3ErrorCode(string? value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
