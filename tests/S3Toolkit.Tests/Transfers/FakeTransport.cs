using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using S3Toolkit.Transfers;
using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers;

/// <summary>One attempt that reached the fake server.</summary>
internal sealed record FakeCall(string Operation, string Key, int Attempt)
{
    public int PartNumber { get; init; }

    public object? Options { get; init; }

    public long Length { get; init; }

    public ObjectRange? Range { get; init; }

    public CustomerKeyEncryption? CustomerKey { get; init; }

    public IReadOnlyList<ObjectIdentifier> Objects { get; init; } = [];
}

/// <summary>A server in memory that records what it is asked and fails as a test says: before the effect, or after it.</summary>
internal sealed partial class FakeTransport(TimeProvider time) : IS3Transport
{
    private readonly Lock _lock = new();
    private int _inFlight;
    private int _uploads;

    public ConcurrentQueue<FakeCall> Calls { get; } = new();

    public Dictionary<string, FakeObject> Objects { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, FakeUpload> Uploads { get; } = new(StringComparer.Ordinal);

    /// <summary>What happens to a call instead of its effect; a task that does not end is a server that hangs.</summary>
    public Func<FakeCall, CancellationToken, Task<S3Error?>>? Before { get; set; }

    /// <summary>What is answered although the call had its effect.</summary>
    public Func<FakeCall, S3Error?>? After { get; set; }

    /// <summary>Makes ETags that are not MD5, as with KMS keys.</summary>
    public bool OpaqueETags { get; set; }

    public string? EncryptionName { get; set; }

    /// <summary>The version of all that is stored from now on; null in a bucket without versions.</summary>
    public string? VersionId { get; set; } = "v1";

    public int MaxInFlight { get; private set; }

    public static S3Error Reset { get; } = new(S3ErrorCode.ConnectionFailed, "connection reset");

    public static S3Error Denied { get; } = new(S3ErrorCode.AccessDenied, "no") { StatusCode = HttpStatusCode.Forbidden };

    public static S3Error Slow { get; } = new(S3ErrorCode.SlowDown, "slow down") { StatusCode = HttpStatusCode.ServiceUnavailable };

    public static S3Error Broken { get; } = new(S3ErrorCode.InternalError, "oops") { StatusCode = HttpStatusCode.InternalServerError };

    public IEnumerable<string> Operations => Calls.Select(static call => call.Operation);

    public int Count(string operation) => Calls.Count(call => call.Operation == operation);

    public ValueTask<S3Reply<ObjectInfo>> PutObjectAsync(
        string bucketName, string key, RequestBody body, PutObjectOptions options, S3Attempt attempt) =>
        RunAsync<ObjectInfo>(
            new FakeCall("PutObject", key, attempt.Number) { Options = options, Length = body.Length }, attempt, async () =>
        {
            var bytes = await ReadAsync(body, attempt);
            if (Refuse(key, options) is { } error) return S3Reply<ObjectInfo>.Failed(error);
            return S3Reply<ObjectInfo>.Of(Store(bucketName, key, bytes, NewETag(bytes), options).Answer);
        });

    public ValueTask<S3Reply<ObjectInfo>> HeadObjectAsync(string bucketName, string key, FindObjectOptions options, S3Attempt attempt) =>
        RunAsync<ObjectInfo>(new FakeCall("HeadObject", key, attempt.Number) { Options = options }, attempt, () => Task.FromResult(
            Find(key) is not { } found ? S3Reply<ObjectInfo>.Failed(Missing("NotFound"))
            : options.OnlyIfMatch is { } match && match != found.Info.ETag ? S3Reply<ObjectInfo>.Failed(Precondition())
            : S3Reply<ObjectInfo>.Of(found.Info)));

    public ValueTask<S3Reply<string>> CreateMultipartAsync(string bucketName, string key, ObjectWriteOptions options, S3Attempt attempt) =>
        RunAsync<string>(new FakeCall("CreateMultipartUpload", key, attempt.Number) { Options = options }, attempt, () =>
        {
            lock (_lock)
            {
                var id = $"upload-{++_uploads}";
                Uploads[id] = new FakeUpload(key, options);
                return Task.FromResult(S3Reply<string>.Of(id));
            }
        });

    public ValueTask<S3Reply<UploadedPart>> UploadPartAsync(
        MultipartAddress upload, int partNumber, RequestBody body, ObjectWriteOptions options, S3Attempt attempt)
    {
        var call = new FakeCall("UploadPart", upload.Key, attempt.Number)
        {
            PartNumber = partNumber, Length = body.Length, Options = options, CustomerKey = options.Encryption as CustomerKeyEncryption,
        };
        return RunAsync<UploadedPart>(call, attempt, async () => PutPart(upload, partNumber, await ReadAsync(body, attempt)));
    }

    public ValueTask<S3Reply<UploadedPart>> CopyPartAsync(
        MultipartAddress upload, int partNumber, ObjectAddress source, ObjectRange? range, CopyObjectOptions options, S3Attempt attempt)
    {
        var call = new FakeCall(
            "UploadPartCopy", upload.Key, attempt.Number) { PartNumber = partNumber, Range = range, Options = (source, options) };
        return RunAsync<UploadedPart>(call, attempt, () =>
        {
            if (Find(source.Key) is not { } found) return Task.FromResult(S3Reply<UploadedPart>.Failed(Missing("NoSuchKey")));
            if (options.OnlyIfSourceMatch is { } match && match != found.Info.ETag)
                return Task.FromResult(S3Reply<UploadedPart>.Failed(Precondition()));
            var first = (int)(range?.FirstByte ?? 0);
            var last = (int)(range?.LastByte ?? found.Bytes.Length - 1);
            var reply = PutPart(upload, partNumber, found.Bytes[first..(last + 1)]);
            return Task.FromResult(reply.Error is null ? S3Reply<UploadedPart>.Of(reply.Value with { SizeBytes = 0 }) : reply);
        });
    }

    public ValueTask<S3Reply<ListPage<UploadedPart>>> ListPartsAsync(
        MultipartAddress upload, BucketCallOptions options, string? continuationToken, S3Attempt attempt) =>
        RunAsync<ListPage<UploadedPart>>(new FakeCall("ListParts", upload.Key, attempt.Number), attempt, () =>
        {
            lock (_lock)
            {
                if (!Uploads.TryGetValue(upload.UploadId, out var found))
                    return Task.FromResult(S3Reply<ListPage<UploadedPart>>.Failed(Missing("NoSuchUpload")));
                var skip = continuationToken is null ? 0 : int.Parse(continuationToken, System.Globalization.CultureInfo.InvariantCulture);
                var page = found.Parts.OrderBy(static part => part.Key).Skip(skip).Take(2).Select(static part => part.Value.Part).ToList();
                var more = skip + page.Count < found.Parts.Count;
                return Task.FromResult(S3Reply<ListPage<UploadedPart>>.Of(new(page, more ? $"{skip + page.Count}" : null)));
            }
        });

    public ValueTask<S3Reply<ObjectInfo>> CompleteMultipartAsync(
        MultipartAddress upload, IReadOnlyList<UploadedPart> parts, ObjectWriteOptions options, S3Attempt attempt) =>
        RunAsync<ObjectInfo>(new FakeCall("CompleteMultipartUpload", upload.Key, attempt.Number) { Options = options }, attempt, () =>
        {
            lock (_lock)
            {
                if (!Uploads.TryGetValue(upload.UploadId, out var found))
                    return Task.FromResult(S3Reply<ObjectInfo>.Failed(Missing("NoSuchUpload")));
                if (Refuse(upload.Key, options) is { } error) return Task.FromResult(S3Reply<ObjectInfo>.Failed(error));
                var stored = parts.Select(part => found.Parts[part.PartNumber]).ToList();
                Uploads.Remove(upload.UploadId);
                byte[] bytes = [.. stored.SelectMany(static part => part.Bytes)];
                ETag etag = OpaqueETags
                    ? $"opaque-{parts.Count}"
                    : CompletionVerdict.ExpectedETag([.. stored.Select(static part => part.Part)])!;
                return Task.FromResult(S3Reply<ObjectInfo>.Of(Store(upload.BucketName, upload.Key, bytes, etag, found.Options).Answer));
            }
        });

    public ValueTask<S3Reply<bool>> AbortMultipartAsync(MultipartAddress upload, BucketCallOptions options, S3Attempt attempt) =>
        RunAsync<bool>(new FakeCall("AbortMultipartUpload", upload.Key, attempt.Number), attempt, () =>
        {
            lock (_lock)
            {
                return Task.FromResult(
                    Uploads.Remove(upload.UploadId) ? S3Reply<bool>.Of(true) : S3Reply<bool>.Failed(Missing("NoSuchUpload")));
            }
        });

    public FakeObject Add(string key, byte[] bytes, ObjectWriteOptions? options = null) =>
        Store("bucket", key, bytes, NewETag(bytes), options ?? new PutObjectOptions());

    /// <summary>Keeps a checksum with an object.</summary>
    public void Describe(string key, ObjectChecksum checksum)
    {
        lock (_lock) Objects[key] = Objects[key] with { Info = Objects[key].Info with { Checksum = checksum } };
    }

    private static S3Error Missing(string code) => new(code, "missing") { StatusCode = HttpStatusCode.NotFound };

    private static S3Error Precondition() =>
        new(S3ErrorCode.PreconditionFailed, "condition") { StatusCode = HttpStatusCode.PreconditionFailed };

    private static async Task<byte[]> ReadAsync(RequestBody body, S3Attempt attempt)
    {
        await using var stream = body.Open();
        using var copy = new MemoryStream();
        // An odd size, so that reads end inside of slices.
        await stream.CopyToAsync(copy, 1021, attempt.Token);
        return copy.ToArray();
    }

    private async ValueTask<S3Reply<T>> RunAsync<T>(FakeCall call, S3Attempt attempt, Func<Task<S3Reply<T>>> effect)
    {
        Calls.Enqueue(call);
        lock (_lock) MaxInFlight = Math.Max(MaxInFlight, ++_inFlight);
        try
        {
            await Task.Yield();
            attempt.Token.ThrowIfCancellationRequested();
            if (Before is { } before && await before(call, attempt.Token) is { } error) return S3Reply<T>.Failed(error);
            var reply = await effect();
            return reply.Error is null && After?.Invoke(call) is { } late ? S3Reply<T>.Failed(late) : reply;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // As a transport does with whatever a body throws.
            return S3Reply<T>.Failed(
                new S3Error(S3ErrorCode.ConnectionFailed, error.Message) { Cause = new HttpRequestException("sending failed", error) });
        }
        finally
        {
            lock (_lock) _inFlight--;
        }
    }

    private S3Reply<UploadedPart> PutPart(MultipartAddress upload, int partNumber, byte[] bytes)
    {
        lock (_lock)
        {
            if (!Uploads.TryGetValue(upload.UploadId, out var found)) return S3Reply<UploadedPart>.Failed(Missing("NoSuchUpload"));
            var part = new UploadedPart(partNumber, NewETag(bytes), bytes.Length);
            found.Parts[partNumber] = (part, bytes);
            return S3Reply<UploadedPart>.Of(part);
        }
    }

    private ETag NewETag(byte[] bytes) => OpaqueETags ? $"opaque{bytes.Length}" : Convert.ToHexStringLower(MD5.HashData(bytes));

    private S3Error? Refuse(string key, ObjectWriteOptions options)
    {
        var found = Find(key);
        if (options.OnlyIfAbsent && found is not null) return Precondition();
        return options.OnlyIfMatch is { } match && found?.Info.ETag != match ? Precondition() : null;
    }

    private FakeObject? Find(string key)
    {
        lock (_lock) return Objects.GetValueOrDefault(key);
    }

    private FakeObject Store(string bucketName, string key, byte[] bytes, ETag etag, ObjectWriteOptions options)
    {
        var answer = new ObjectInfo
        {
            BucketName = bucketName, Key = key, ETag = etag, VersionId = VersionId, EncryptionName = EncryptionName,
        };
        var stored = new FakeObject(bytes, options, answer, answer with
        {
            SizeBytes = bytes.Length,
            LastModified = time.GetUtcNow(),
            ContentType = options.ContentType,
            CacheControl = options.CacheControl,
            ContentLanguage = options.ContentLanguage,
            Metadata = options.Metadata,
            TagCount = options.Tags.Count,
        });
        lock (_lock) Objects[key] = stored;
        return stored;
    }
}

internal sealed record FakeObject(byte[] Bytes, ObjectWriteOptions Options, ObjectInfo Answer, ObjectInfo Info);

internal sealed class FakeUpload(string key, ObjectWriteOptions options)
{
    public string Key => key;

    public ObjectWriteOptions Options => options;

    public Dictionary<int, (UploadedPart Part, byte[] Bytes)> Parts { get; } = [];
}
