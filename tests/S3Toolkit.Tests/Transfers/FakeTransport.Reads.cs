using S3Toolkit.Transport;

namespace S3Toolkit.Tests.Transfers;

/// <content>Reading, copying, deleting.</content>
internal sealed partial class FakeTransport
{
    /// <summary>Makes the body of an answer from the bytes that it should carry.</summary>
    public Func<FakeCall, byte[], Stream>? Body { get; set; }

    /// <summary>Answers as a server does that sends chunks.</summary>
    public bool OmitLength { get; set; }

    /// <summary>Answers with the whole object, whatever range is asked for.</summary>
    public bool IgnoresRanges { get; set; }

    public int OpenBodies { get; private set; }

    private static S3Error OutOfRange { get; } =
        new(S3ErrorCode.InvalidRange, "range") { StatusCode = System.Net.HttpStatusCode.RequestedRangeNotSatisfiable };

    /// <summary>Changes the facts of an answer to GetObject.</summary>
    public Func<ObjectInfo, ObjectInfo>? Facts { get; set; }

    public ValueTask<S3Reply<GetReply>> GetObjectAsync(string bucketName, string key, GetObjectOptions options, S3Attempt attempt)
    {
        var call = new FakeCall("GetObject", key, attempt.Number) { Options = options, Range = options.Range };
        return RunAsync<GetReply>(call, attempt, () =>
        {
            if (Find(key) is not { } found) return Task.FromResult(S3Reply<GetReply>.Failed(Missing("NoSuchKey")));
            if (options.OnlyIfMatch is { } match && match != found.Info.ETag)
                return Task.FromResult(S3Reply<GetReply>.Failed(Precondition()));
            var info = Facts?.Invoke(found.Info) ?? found.Info;
            var wished = IgnoresRanges ? null : options.Range;
            var first = (int)(wished?.FirstByte ?? 0);
            if (wished is not null && first >= found.Bytes.Length) return Task.FromResult(S3Reply<GetReply>.Failed(OutOfRange));
            var last = (int)Math.Min(wished?.LastByte ?? long.MaxValue, found.Bytes.Length - 1);
            var bytes = found.Bytes[first..(last + 1)];
            var range = wished is null ? default(ContentRange?) : new ContentRange(first, last, found.Bytes.Length);
            var body = Body?.Invoke(call, bytes) ?? new MemoryStream(bytes);
            lock (_lock) OpenBodies++;
            return Task.FromResult(
                S3Reply<GetReply>.Of(new GetReply(info, range, OmitLength ? null : bytes.Length, new CountedBody(body, this))));
        });
    }

    public ValueTask<S3Reply<DeleteResult>> DeleteObjectAsync(
        string bucketName, string key, DeleteObjectOptions options, S3Attempt attempt) =>
        RunAsync<DeleteResult>(new FakeCall("DeleteObject", key, attempt.Number) { Options = options }, attempt, () =>
        {
            lock (_lock) Objects.Remove(key);
            return Task.FromResult(S3Reply<DeleteResult>.Of(new DeleteResult(key) { VersionId = options.VersionId }));
        });

    /// <summary>Why a key of a bulk delete fails, by key and the number of the request that it is in.</summary>
    public Func<ObjectIdentifier, int, DeleteFailure?>? DeleteFault { get; set; }

    public ValueTask<S3Reply<IReadOnlyList<DeleteResult>>> DeleteObjectsAsync(
        string bucketName, IReadOnlyList<ObjectIdentifier> objects, DeleteManyOptions options, S3Attempt attempt)
    {
        var call = new FakeCall("DeleteObjects", "", attempt.Number) { Objects = [.. objects], Options = options };
        return RunAsync<IReadOnlyList<DeleteResult>>(call, attempt, () =>
        {
            var number = Count("DeleteObjects");
            lock (_lock)
            {
                IReadOnlyList<DeleteResult> results =
                [
                    .. objects.Reverse().Select(target =>
                    {
                        var failure = DeleteFault?.Invoke(target, number);
                        if (failure is null) Objects.Remove(target.Key);
                        return new DeleteResult(target.Key) { VersionId = target.VersionId, Failure = failure };
                    }),
                ];
                return Task.FromResult(S3Reply<IReadOnlyList<DeleteResult>>.Of(results));
            }
        });
    }

    public ValueTask<S3Reply<ObjectInfo>> CopyObjectAsync(
        ObjectAddress source, string bucketName, string key, CopyObjectOptions options, S3Attempt attempt) =>
        RunAsync<ObjectInfo>(new FakeCall("CopyObject", key, attempt.Number) { Options = options }, attempt, () =>
        {
            if (Find(source.Key) is not { } found) return Task.FromResult(S3Reply<ObjectInfo>.Failed(Missing("NoSuchKey")));
            if (options.OnlyIfSourceMatch is { } match && match != found.Info.ETag)
                return Task.FromResult(S3Reply<ObjectInfo>.Failed(Precondition()));
            if (Refuse(key, options) is { } error) return Task.FromResult(S3Reply<ObjectInfo>.Failed(error));
            var kept = options.ReplaceMetadata == true ? options : found.Options;
            return Task.FromResult(S3Reply<ObjectInfo>.Of(Store(bucketName, key, found.Bytes, NewETag(found.Bytes), kept).Answer));
        });

    public ValueTask<S3Reply<ListPage<ObjectListing>>> ListObjectsAsync(
        string bucketName, ListObjectsOptions options, string? continuationToken, S3Attempt attempt) => throw new NotSupportedException();

    public ValueTask<S3Reply<ListPage<ListedVersion>>> ListVersionsAsync(
        string bucketName, ListVersionsOptions options, string? continuationToken, S3Attempt attempt) => throw new NotSupportedException();

    private sealed class CountedBody(Stream inner, FakeTransport owner) : ReadOnlyStream
    {
        private bool _closed;

        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (!_closed)
            {
                _closed = true;
                lock (owner._lock) owner.OpenBodies--;
            }

            base.Dispose(disposing);
        }
    }
}
