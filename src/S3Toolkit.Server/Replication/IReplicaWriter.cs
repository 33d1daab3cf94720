using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Replication;

/// <summary>Writes replicas into a bucket. Writing one that is there brings its tags and its lock up to date.</summary>
internal interface IReplicaWriter
{
    /// <param name="source">The version, its body as it is stored; or a delete marker.</param>
    /// <param name="sourceBucket">Where it is from.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ReplicationException">It could not be written.</exception>
    Task WriteAsync(
        ObjectRecord source, BucketRecord sourceBucket, ReplicationDestinationRecord destination, CancellationToken cancellationToken);
}
