namespace S3Toolkit.Conformance;

/// <summary>The endpoint that the environment names; left out of a run without one.</summary>
public static class AtEndpoint
{
    public sealed class Buckets() : BucketBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class PutGets() : PutGetBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Keys() : KeyBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Listings() : ListingBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Conditions() : ConditionBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Copys() : CopyBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Deletes() : DeleteBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Versions() : VersionBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Multiparts() : MultipartBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Uploads() : UploadBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Downloads() : DownloadBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Streams() : StreamBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class MetadataAndTags() : MetadataAndTagBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Encryptions() : EncryptionBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Presigns() : PresignBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class PresignedPosts() : PresignedPostBehaviours(EndpointStore.FromEnvironmentAsync);

    public sealed class Errors() : ErrorBehaviours(EndpointStore.FromEnvironmentAsync);
}
