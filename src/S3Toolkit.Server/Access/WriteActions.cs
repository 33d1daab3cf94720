using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>What the headers of a write ask for beyond the write itself: each takes a permission of its own.</summary>
internal static class WriteActions
{
    public const string GrantPrefix = "x-amz-grant-";

    /// <param name="headers">The headers, or the fields of a form.</param>
    /// <param name="aclName">The name of the canned list: a form calls it "acl".</param>
    /// <param name="taggingName">The name of the tags: a form calls them "tagging".</param>
    public static IEnumerable<string> Of(S3HeaderCollection headers, string aclName = "x-amz-acl", string taggingName = "x-amz-tagging")
    {
        bool hasAcl = false, hasTags = false, hasRetention = false, hasHold = false;
        foreach ((string name, string value) in headers)
        {
            hasAcl |= Is(name, aclName) || name.StartsWith(GrantPrefix, StringComparison.OrdinalIgnoreCase);
            hasTags |= Is(name, taggingName) && value.Length > 0;
            hasRetention |= Is(name, "x-amz-object-lock-mode") || Is(name, "x-amz-object-lock-retain-until-date");
            hasHold |= Is(name, "x-amz-object-lock-legal-hold");
        }
        if (hasAcl) yield return "s3:PutObjectAcl";
        if (hasTags) yield return "s3:PutObjectTagging";
        if (hasRetention) yield return "s3:PutObjectRetention";
        if (hasHold) yield return "s3:PutObjectLegalHold";
    }

    private static bool Is(string name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
