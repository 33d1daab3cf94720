using System.Globalization;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Cors;

/// <summary>A page that is let in, and the rule that does so.</summary>
internal sealed record CorsGrant(CorsRuleRecord Rule, CorsQuestion Question)
{
    private const string Varying = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    /// <summary>Null when no rule lets the page in.</summary>
    public static CorsGrant? Of(IReadOnlyList<CorsRuleRecord> rules, CorsQuestion question) =>
        question.IsWellFormed && CorsMatcher.Find(rules, question) is { } rule ? new CorsGrant(rule, question) : null;

    /// <summary>
    /// What an actual request is told: nothing without an Origin header, which is all that most requests pay for this; nothing either when
    /// no rule lets the page in, for it is the browser that keeps the answer from it.
    /// </summary>
    public static async ValueTask<CorsGrant?> FindAsync(
        IS3Storage storage, S3HttpRequest request, string bucketName, CancellationToken cancellationToken)
    {
        if (CorsQuestion.Of(request) is not { } question || !BucketNames.IsValid(bucketName)) return null;
        BucketRecord? bucket = await storage.FindBucketAsync(bucketName, cancellationToken).ConfigureAwait(false);
        return bucket is null ? null : Of(bucket.Cors, question);
    }

    public void AddTo(S3Response response)
    {
        string origin = CorsMatcher.OriginOf(Rule, Question.Origin)!;
        response.Header("Access-Control-Allow-Origin", origin)
            .Header("Access-Control-Allow-Methods", string.Join(", ", Rule.AllowedMethods))
            .Header("Access-Control-Allow-Headers", string.Join(", ", Question.Headers.Select(static name => name.ToLowerInvariant())))
            .Header("Access-Control-Expose-Headers", string.Join(", ", Rule.ExposeHeaders))
            .Header("Access-Control-Max-Age", Rule.MaxAgeSeconds?.ToString(CultureInfo.InvariantCulture))
            // A page of any origin may not use a user's cookies: HTTP forbids the two together.
            .Header("Access-Control-Allow-Credentials", origin == "*" ? null : "true")
            .Header("Vary", Varying);
    }
}
