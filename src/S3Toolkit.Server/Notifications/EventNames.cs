namespace S3Toolkit.Server.Notifications;

/// <summary>What can happen to objects, as AWS names it: without the "s3:" that configurations put before it.</summary>
internal static class EventNames
{
    public const string Put = "ObjectCreated:Put";
    public const string Post = "ObjectCreated:Post";
    public const string Copy = "ObjectCreated:Copy";
    public const string Complete = "ObjectCreated:CompleteMultipartUpload";
    public const string Delete = "ObjectRemoved:Delete";
    public const string Marker = "ObjectRemoved:DeleteMarkerCreated";
    public const string RestorePost = "ObjectRestore:Post";
    public const string RestoreCompleted = "ObjectRestore:Completed";
    public const string RestoreDelete = "ObjectRestore:Delete";
    public const string TaggingPut = "ObjectTagging:Put";
    public const string TaggingDelete = "ObjectTagging:Delete";
    public const string AclPut = "ObjectAcl:Put";
    public const string Expired = "LifecycleExpiration:Delete";
    public const string ExpiredMarker = "LifecycleExpiration:DeleteMarkerCreated";
    public const string Transition = "LifecycleTransition";
    public const string ReplicationFailed = "Replication:OperationFailedReplication";

    /// <summary>Nothing that happens to an object: the message that a destination gets when it is configured.</summary>
    public const string Test = "s3:TestEvent";

    /// <summary>What a configuration may ask for: those above, those that this server never has, and all of a kind.</summary>
    private static readonly HashSet<string> Askable =
    [
        Put, Post, Copy, Complete, "ObjectCreated:*", Delete, Marker, "ObjectRemoved:*", RestorePost, RestoreCompleted, RestoreDelete,
        "ObjectRestore:*", TaggingPut, TaggingDelete, "ObjectTagging:*", AclPut, Expired, ExpiredMarker, "LifecycleExpiration:*",
        Transition,
        ReplicationFailed, "Replication:OperationNotTracked", "Replication:OperationMissedThreshold",
        "Replication:OperationReplicatedAfterThreshold", "Replication:*", "ReducedRedundancyLostObject", "IntelligentTiering",
    ];

    /// <param name="name">With its "s3:".</param>
    public static bool IsKnown(string name) => name.StartsWith("s3:", StringComparison.Ordinal) && Askable.Contains(name[3..]);

    /// <param name="asked">With its "s3:"; may end in a star.</param>
    /// <param name="name">What happened.</param>
    public static bool Matches(string asked, string name)
    {
        ReadOnlySpan<char> pattern = asked.AsSpan(3);
        return pattern.EndsWith("*") ? name.AsSpan().StartsWith(pattern[..^1]) : pattern.SequenceEqual(name);
    }
}
