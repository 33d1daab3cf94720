using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>What a download reads: which bytes of which content of which object. Pure; it only decides and words.</summary>
internal sealed class DownloadTarget
{
    private readonly GetObjectOptions _options;
    private readonly ObjectInfo _info;

    // What one part has learned, the others need not.
    private readonly DownloadTarget? _whole;
    private volatile bool _isPinned;

    public DownloadTarget(GetObjectOptions options, GetReply first)
        : this(
            options,
            first.Info,
            first.Range?.FirstByte ?? 0,
            first.ContentLength ?? first.Range?.LengthBytes,
            first.Range is not { } range || range.LengthBytes == range.TotalBytes)
    {
    }

    /// <summary>A content of which more is known than one answer has.</summary>
    public DownloadTarget(
        GetObjectOptions options, ObjectInfo info, long firstByte, long? length, bool coversObject, DownloadTarget? whole = null)
    {
        (_options, _info, _whole) = (options, info, whole);
        (FirstByte, Length, CoversObject) = (firstByte, length, coversObject);
    }

    public string BucketName => _info.BucketName;

    public string Key => _info.Key;

    /// <summary>Where in the object the content begins.</summary>
    public long FirstByte { get; }

    /// <summary>The length of the content; null while no answer told it.</summary>
    public long? Length { get; private set; }

    public bool CoversObject { get; }

    /// <summary>The version that the first answer named, which was not asked for.</summary>
    public string? FoundVersionId => _info.VersionId is { } version && version != "null" ? version : null;

    /// <summary>Whether another answer can be tied to the same content.</summary>
    public bool CanResume => _info.ETag is { IsWeak: false } || _options.VersionId is not null;

    /// <summary>Whether the failure of a read is the connection's, so that another one can go on.</summary>
    public static bool CanResumeAfter(Exception error) =>
        error is IOException or HttpRequestException or TimeoutException or OperationCanceledException
        || error is S3ToolkitException { IsTransient: true };

    /// <summary>Some bytes of the content, which are tied to the same object.</summary>
    /// <param name="offset">Where in the content they begin.</param>
    /// <param name="length">How many there are.</param>
    public DownloadTarget Part(long offset, long length) =>
        new(_options, _info, FirstByte + offset, length, coversObject: false, this);

    /// <summary>Says that the object was overwritten, so that only the version that the first answer named will do.</summary>
    public void PinVersion() => (_whole ?? this)._isPinned = true;

    /// <summary>The question for the facts of the same object.</summary>
    public FindObjectOptions Facts() => new()
    {
        VersionId = VersionId,
        OnlyIfMatch = _info.ETag is { IsWeak: false } ? _info.ETag : default(ETag?),
        CustomerKey = _options.CustomerKey,
        ExpectedBucketOwner = _options.ExpectedBucketOwner,
    };

    /// <summary>The request for what is left.</summary>
    public GetObjectOptions Rest(long position) => _options with
    {
        VersionId = VersionId,
        Range = Length is { } length ? ObjectRange.Of(FirstByte + position, length - position) : ObjectRange.From(FirstByte + position),
        OnlyIfMatch = _info.ETag is { IsWeak: false } ? _info.ETag : default(ETag?),
        // They held when the reading began; from then on the ETag is what counts.
        OnlyIfNoneMatch = null,
        OnlyIfModifiedSince = null,
        OnlyIfUnmodifiedSince = null,
    };

    /// <summary>Why an answer is not the rest of what was read; null when it is.</summary>
    public S3ToolkitException? Refuse(GetReply reply, long position)
    {
        if (_info.ETag is { } etag && reply.Info.ETag is { } other && etag != other) return Changed(position, cause: null);
        var from = reply.Range?.FirstByte ?? 0;
        var sent = reply.ContentLength ?? reply.Range?.LengthBytes;
        if (from == FirstByte + position && (Length is null || sent is null || sent == Length - position))
        {
            Length ??= position + sent;
            return null;
        }

        var asked = Length is { } length ? $"{FirstByte + position} to {FirstByte + length - 1}" : $"{FirstByte + position} to the end";
        return Say(
            $"the server was asked for bytes {asked} and sent {sent} from {from}, so the reading cannot go on where it broke",
            S3ErrorCode.ContentCorrupted,
            transient: false);
    }

    public PreconditionFailedException Changed(long position, Exception? cause) =>
        ChangedObject.During(BucketName, Key, Progress(position), cause);

    public S3ToolkitException Broken(long position, int failures, Exception? cause)
    {
        var what = cause?.Message ?? "the body ended too early";
        var why = CanResume ? $"{failures} attempts in a row brought no byte" : "the server gave no ETag to continue by";
        var code = cause is TimeoutException ? S3ErrorCode.InactivityTimeout : S3ErrorCode.ConnectionFailed;
        return Say($"{what}, after {Progress(position)}; {why}", code, transient: true, cause);
    }

    public S3ToolkitException CannotVerify() => Say(
        CoversObject
            ? "RequireVerification is set, but the object has neither a checksum of all its bytes nor an MD5 as its ETag"
            : "RequireVerification is set, but a range of an object can be checked by its length alone: read all of it",
        "NotVerifiable",
        transient: false);

    public override string ToString() => $"s3://{BucketName}/{Key}";

    private string? VersionId => _options.VersionId ?? ((_whole ?? this)._isPinned ? FoundVersionId : null);

    private string Progress(long position) => Length is not { } length ? $"{position} bytes"
        : _whole is not null ? $"{position} of the {length} bytes from byte {FirstByte}"
        : $"{position} of {length} bytes";

    private S3ToolkitException Say(string what, S3ErrorCode code, bool transient, Exception? cause = null) =>
        new($"The download of {this} failed: {what}.", code, cause)
        {
            Operation = "GetObject",
            BucketName = BucketName,
            Key = Key,
            IsTransient = transient,
        };
}
