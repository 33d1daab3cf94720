using System.Collections.Concurrent;
using S3Toolkit.Server.Access.Policies;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Access;

/// <summary>The seam to the policies of buckets: all that the evaluator knows of them.</summary>
internal static class BucketPolicies
{
    /// <summary>Policies kept parsed: more than a test has. Bounds the memory that policies put one after the other would fill.</summary>
    public const int MaxParsed = 256;

    private static readonly ConcurrentDictionary<(string BucketName, string Text), Parsed> ByText = new();

    /// <summary>How many are kept now, for tests.</summary>
    public static int ParsedCount => ByText.Count;

    /// <summary>Whether the bucket has a policy; without one nothing is asked, and the owner is let through at once.</summary>
    public static bool Has(BucketRecord bucket) => bucket.Policy is not null;

    /// <summary>What the bucket's policy says, a public one restricted as the bucket's public access block has it.</summary>
    public static PolicyDecision Decide(AccessQuestion question)
    {
        Parsed policy = Of(question.Bucket);
        string resource = PolicyResource.Arn(question.Bucket.Name, question.Key);
        PolicyRequest request = new(question.Caller, question.Action, resource, new QuestionValues(question).Find);
        PolicyDecision decision = policy.Document.Decide(request);
        // With all that it allows, what it allows to named accounts too: AWS restricts the policy, not its public statements.
        bool isCutOff = decision == PolicyDecision.Allow && !question.IsOfOwnersAccount && policy.IsPublic
            && question.Bucket.PublicAccessBlock is { RestrictPublicBuckets: true };
        return isCutOff ? PolicyDecision.None : decision;
    }

    /// <summary>Whether the bucket's policy is public, as AWS has it.</summary>
    public static bool IsPublic(BucketRecord bucket) => Has(bucket) && Of(bucket).IsPublic;

    /// <summary>Whether a bucket's policy asks for what may be in the bodies of requests.</summary>
    public static bool AsksForBodies(BucketRecord bucket) => Has(bucket) && Of(bucket).AsksForBodies;

    /// <summary>Whether the bucket's policy allows anything to a service of AWS.</summary>
    public static bool AllowsService(BucketRecord bucket, string service) => Has(bucket) && Of(bucket).Document.Statements.Any(
        statement => statement is { IsAllow: true, ExceptPrincipals: false }
            && statement.Principals.Contains(new PolicyPrincipal(PolicyPrincipalKind.Other, service)));

    private static Parsed Of(BucketRecord bucket)
    {
        (string, string) key = (bucket.Name, bucket.Policy!);
        if (ByText.TryGetValue(key, out Parsed? known)) return known;
        PolicyDocument document = PolicyReader.Parse(bucket.Policy!, bucket.Name);
        bool asksForBodies = document.Statements.Any(static statement => statement.Conditions.Any(static item => BodyFacts.Has(item.Key)));
        Parsed parsed = new(document, PublicPolicy.IsPublic(document), asksForBodies);
        if (ByText.Count >= MaxParsed) ByText.Clear();
        return ByText.GetOrAdd(key, parsed);
    }

    private sealed record Parsed(PolicyDocument Document, bool IsPublic, bool AsksForBodies);
}
