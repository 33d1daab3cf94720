namespace S3Toolkit.Server;

/// <summary>What was asked of one partitioned prefix.</summary>
/// <param name="BucketName">The bucket.</param>
/// <param name="Prefix">What its keys begin with; empty for all that has no partition of its own.</param>
/// <param name="Reads">The GET and HEAD requests that were served.</param>
/// <param name="Writes">The other requests that were served.</param>
/// <param name="Refused">The requests that were answered with SlowDown.</param>
/// <param name="IsSplit">Its folders have partitions of their own.</param>
public sealed record S3PrefixRate(string BucketName, string Prefix, long Reads, long Writes, long Refused, bool IsSplit);
