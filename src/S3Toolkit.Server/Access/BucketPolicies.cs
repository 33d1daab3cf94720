using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>The seam to the policies of buckets: all that the evaluator knows of them.</summary>
internal static class BucketPolicies
{
    /// <summary>Whether the bucket has a policy; without one nothing is asked, and the owner is let through at once.</summary>
    public static bool Has(BucketRecord bucket) => false;

    /// <summary>What the bucket's policy says, a public one restricted as the bucket's public access block has it.</summary>
    public static PolicyDecision Decide(AccessQuestion question) => PolicyDecision.None;
}
