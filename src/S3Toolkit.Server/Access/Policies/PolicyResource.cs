namespace S3Toolkit.Server.Access.Policies;

/// <summary>The ARNs of a bucket and of what is in it, as resources of policies.</summary>
internal static class PolicyResource
{
    private const string Prefix = "arn:aws:s3:::";

    public static string Arn(string bucketName, string key) => key.Length == 0 ? Prefix + bucketName : $"{Prefix}{bucketName}/{key}";

    /// <summary>Whether a pattern is about the bucket: a policy can speak of no other.</summary>
    public static bool IsOf(string bucketName, string pattern)
    {
        if (!pattern.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        string resource = pattern[Prefix.Length..];
        int slash = resource.IndexOf('/', StringComparison.Ordinal);
        string bucket = slash < 0 ? resource : resource[..slash];
        return PolicyPattern.Parse(bucket, hasVariables: false).Matches(bucketName, static _ => null);
    }

    /// <summary>What a pattern of the bucket can name: with a slash an object, without one the bucket, or both by its last star.</summary>
    public static PolicyResources Of(string pattern)
    {
        if (pattern.Contains('/', StringComparison.Ordinal)) return PolicyResources.Object;
        return pattern.Contains('*', StringComparison.Ordinal) ? PolicyResources.Bucket | PolicyResources.Object : PolicyResources.Bucket;
    }
}
