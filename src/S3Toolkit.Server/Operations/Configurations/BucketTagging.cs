using S3Toolkit.Server.Operations.Input;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Operations.Configurations;

/// <summary>The tags of a bucket.</summary>
internal static class BucketTagging
{
    public static readonly BucketConfiguration<IReadOnlyList<TagRecord>> Kind = new()
    {
        Root = "Tagging",
        Read = static (document, _) => TagReader.FromXml(document.Child("TagSet"), TagReader.MaxBucketTags),
        Write = TagWriter.TagSet,
        Of = static bucket => bucket.Tags.Count == 0 ? null : bucket.Tags,
        With = static (bucket, tags) => bucket with { Tags = tags ?? [] },
        Missing = S3Errors.NoSuchTagSet,
        PutStatus = 204,
    };
}
