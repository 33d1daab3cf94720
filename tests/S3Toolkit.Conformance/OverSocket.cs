namespace S3Toolkit.Conformance;

/// <summary>The embedded server over a socket of the loopback address.</summary>
public static class OverSocket
{
    public sealed class Buckets() : BucketBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class PutGets() : PutGetBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Keys() : KeyBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Listings() : ListingBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Conditions() : ConditionBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Copys() : CopyBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Deletes() : DeleteBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Versions() : VersionBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Multiparts() : MultipartBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Uploads() : UploadBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Downloads() : DownloadBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Streams() : StreamBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class MetadataAndTags() : MetadataAndTagBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Encryptions() : EncryptionBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Presigns() : PresignBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class PresignedPosts() : PresignedPostBehaviours(EmbeddedStore.OverSocketAsync);

    public sealed class Errors() : ErrorBehaviours(EmbeddedStore.OverSocketAsync);
}
