using S3Toolkit.Server.Access;
using S3Toolkit.Server.Storage;
using S3Toolkit.Server.Wire;

namespace S3Toolkit.Server.Pipeline;

/// <summary>One request on its way through an operation: what was asked, by whom, and where to do it.</summary>
internal sealed class OperationContext
{
    public required ServerCore Server { get; init; }

    public required S3HttpRequest Request { get; init; }

    public required AuthenticatedRequest Authenticated { get; init; }

    /// <summary>Who asks: known with the signature; of a POST form only once its fields are read.</summary>
    public required S3Identity Caller { get; set; }

    public required S3Target Target { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The bucket that the request is aimed at; null for the service, and for CreateBucket.</summary>
    public required BucketRecord? Bucket { get; init; }

    /// <summary>The canonical id of the bucket's owner.</summary>
    public string BucketOwnerId => field ??= Server.OwnerIdOf(Bucket!);

    /// <summary>The owner of an object or an upload in the bucket, by what was stored with it.</summary>
    public string OwnerIdOf(string? storedOwnerId) => Ownership.OwnerOf(Bucket!, BucketOwnerId, storedOwnerId);

    /// <summary>What the access stage found of the object, so that nobody looks twice; null when it did not look.</summary>
    public StorageResult<ObjectRecord>? Found { get; set; }

    public IS3Storage Storage => Server.Storage;

    public S3ServerOptions Options => Server.Options;

    public string BucketName => Target.BucketName;

    public string Key => Target.Key;

    public DateTimeOffset Now => WireTime.ToWholeSeconds(Server.Clock.GetUtcNow());

    /// <summary>To the tick: for what ends at a time, such as a retention.</summary>
    public DateTimeOffset ExactNow => Server.Clock.GetUtcNow();

    public string? Header(string name) => Request.Headers[name];

    public string? Query(string name) => Request.Query[name];
}
