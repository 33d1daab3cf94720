using System.Net;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers.Downloads;

/// <summary>Asks for the facts of an object, of which the checksum is the one that an answer with a range lacks.</summary>
internal static class ObjectFacts
{
    /// <summary>The facts of the content that is being read.</summary>
    /// <returns>The facts; null where a server or its rules know no such question.</returns>
    /// <exception cref="PreconditionFailedException">The object changed.</exception>
    public static async Task<ObjectInfo?> OfAsync(S3Caller caller, DownloadTarget target, CancellationToken cancellationToken)
    {
        var options = target.Facts();
        try
        {
            return await AskAsync(caller, target, options, cancellationToken).ConfigureAwait(false);
        }
        catch (PreconditionFailedException) when (options.VersionId is null && target.FoundVersionId is not null)
        {
            // As for the bytes: overwritten, but the version that is being read is still there.
            return await AskAsync(caller, target, options with { VersionId = target.FoundVersionId }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PreconditionFailedException error)
        {
            throw target.Changed(position: 0, error);
        }
    }

    /// <summary>The facts of an object as a caller's options ask for it.</summary>
    /// <returns>The facts; null when it is missing or not modified.</returns>
    public static async Task<ObjectInfo?> FindAsync(S3Caller caller, FileDownloadRequest request, CancellationToken cancellationToken)
    {
        var options = new FindObjectOptions
        {
            VersionId = request.Options.VersionId,
            OnlyIfMatch = request.Options.OnlyIfMatch,
            OnlyIfNoneMatch = request.Options.OnlyIfNoneMatch,
            OnlyIfModifiedSince = request.Options.OnlyIfModifiedSince,
            OnlyIfUnmodifiedSince = request.Options.OnlyIfUnmodifiedSince,
            CustomerKey = request.Options.CustomerKey,
            ExpectedBucketOwner = request.Options.ExpectedBucketOwner,
        };
        var reply = await caller.CallAsync(
            new S3Call("HeadObject", request.BucketName, request.Key) { Expects = ExpectedErrors.NotFound | ExpectedErrors.NotModified },
            (wire, attempt) => wire.Transport.HeadObjectAsync(request.BucketName, request.Key, options, attempt),
            cancellationToken).ConfigureAwait(false);
        return reply.Error is null ? reply.Value : null;
    }

    private static async Task<ObjectInfo?> AskAsync(
        S3Caller caller, DownloadTarget target, FindObjectOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await caller.CallAsync(
                new S3Call("HeadObject", target.BucketName, target.Key),
                (wire, attempt) => wire.Transport.HeadObjectAsync(target.BucketName, target.Key, options, attempt),
                cancellationToken).ConfigureAwait(false);
            return reply.Value;
        }
        catch (S3ToolkitException error)
            when (error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            // The bytes may still be read; the result says that they were compared with less.
            return null;
        }
    }
}
