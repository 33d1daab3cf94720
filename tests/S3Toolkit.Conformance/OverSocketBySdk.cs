namespace S3Toolkit.Conformance;

/// <summary>The embedded server over a socket of the loopback address, all requests by the AWS SDK.</summary>
public static class OverSocketBySdk
{
    public sealed class Buckets() : BucketBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class PutGets() : PutGetBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Keys() : KeyBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Listings() : ListingBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Conditions() : ConditionBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Copys() : CopyBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Deletes() : DeleteBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Versions() : VersionBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Multiparts() : MultipartBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Uploads() : UploadBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Downloads() : DownloadBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Streams() : StreamBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class MetadataAndTags() : MetadataAndTagBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Encryptions() : EncryptionBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Presigns() : PresignBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class PresignedPosts() : PresignedPostBehaviours(EmbeddedStore.OverSocketBySdkAsync);

    public sealed class Errors() : ErrorBehaviours(EmbeddedStore.OverSocketBySdkAsync);
}
