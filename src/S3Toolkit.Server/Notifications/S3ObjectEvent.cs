namespace S3Toolkit.Server;

/// <summary>Something that happened to an object, told after it was committed.</summary>
public sealed record S3ObjectEvent
{
    internal S3ObjectEvent()
    {
    }

    /// <summary>What happened, as AWS names it: <c>ObjectCreated:Put</c>, <c>ObjectRemoved:DeleteMarkerCreated</c>...</summary>
    public required string EventName { get; init; }

    /// <summary>When, by <see cref="S3Server.Clock"/>.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The bucket.</summary>
    public required string BucketName { get; init; }

    /// <summary>The region of the bucket.</summary>
    public required string Region { get; init; }

    /// <summary>The canonical id of the bucket's owner.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The key, not encoded.</summary>
    public required string Key { get; init; }

    /// <summary>The version that it happened to; null in a bucket without versioning.</summary>
    public string? VersionId { get; init; }

    /// <summary>The object's length in bytes; null for what is gone and for delete markers.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The object's ETag without quotes; null for what is gone, "" never.</summary>
    public string? ETag { get; init; }

    /// <summary>A hexadecimal number that rises with every event of the server: of two events of a key, the greater came later.</summary>
    public required string Sequencer { get; init; }

    /// <summary>
    /// The canonical id of who did it; <c>s3.amazonaws.com</c> for what the server did by itself, such as lifecycle rules.
    /// </summary>
    public required string PrincipalId { get; init; }

    /// <summary>Where the request came from; <c>s3.amazonaws.com</c> when there was none.</summary>
    public required string SourceAddress { get; init; }

    /// <summary>The id of the request, as its answer told it; null when there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The new storage class of a transition; null for everything else.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The ids of the bucket's notification configurations that ask for this; empty when none does.</summary>
    public IReadOnlyList<string> ConfigurationIds { get; init => field = PrintedList<string>.Of(value); } = PrintedList<string>.Empty;

    /// <summary>The event as AWS sends it: a JSON document with one element in <c>Records</c>.</summary>
    /// <param name="configurationId">The configuration that it is sent for; null takes the first of <see cref="ConfigurationIds"/>.</param>
    /// <returns>The document.</returns>
    public string ToJson(string? configurationId = null) =>
        Notifications.EventJson.Write(this, configurationId ?? (ConfigurationIds.Count > 0 ? ConfigurationIds[0] : ""));
}
