namespace S3Toolkit.Conformance;

/// <summary>The embedded server without a socket, all requests by the AWS SDK.</summary>
public static class WithoutSocketBySdk
{
    public sealed class Buckets() : BucketBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class PutGets() : PutGetBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Keys() : KeyBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Listings() : ListingBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Conditions() : ConditionBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Copys() : CopyBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Deletes() : DeleteBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Versions() : VersionBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Multiparts() : MultipartBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Uploads() : UploadBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Downloads() : DownloadBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Streams() : StreamBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class MetadataAndTags() : MetadataAndTagBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Encryptions() : EncryptionBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Presigns() : PresignBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class PresignedPosts() : PresignedPostBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);

    public sealed class Errors() : ErrorBehaviours(EmbeddedStore.WithoutSocketBySdkAsync);
}
