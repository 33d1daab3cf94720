namespace S3Toolkit.Conformance;

/// <summary>The embedded server without a socket: the HTTP client's handler is the server's own.</summary>
public static class WithoutSocket
{
    public sealed class Buckets() : BucketBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class PutGets() : PutGetBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Keys() : KeyBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Listings() : ListingBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Conditions() : ConditionBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Copys() : CopyBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Deletes() : DeleteBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Versions() : VersionBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Multiparts() : MultipartBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Uploads() : UploadBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Downloads() : DownloadBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Streams() : StreamBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class MetadataAndTags() : MetadataAndTagBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Encryptions() : EncryptionBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Presigns() : PresignBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class PresignedPosts() : PresignedPostBehaviours(EmbeddedStore.WithoutSocketAsync);

    public sealed class Errors() : ErrorBehaviours(EmbeddedStore.WithoutSocketAsync);
}
