using S3Toolkit.Server.Operations.Catalog;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Pipeline;

/// <summary>What a request must agree with before anybody asks whether the caller may: owner, payer and region.</summary>
internal static class AccessCheck
{
    private const string PayerName = "x-amz-request-payer";

    private const int AccountIdLength = 12;

    /// <exception cref="S3ErrorException">AccessDenied: the bucket is not whose the caller thinks, or nobody would pay.</exception>
    public static void Owner(OperationContext context, S3Operation operation)
    {
        if (context.Bucket is not { } bucket) return;
        RequireOwner(context, bucket, context.Header("x-amz-expected-bucket-owner"));
        // Who posts a form is known once it is read; a preflight costs nobody anything.
        if (!operation.Has(OperationTraits.SignedByForm | OperationTraits.Unsigned)) RequirePayer(context, bucket);
    }

    /// <summary>The owner that a header expects, by account or by canonical id.</summary>
    public static void RequireOwner(OperationContext context, BucketRecord bucket, string? expected)
    {
        if (expected is null) return;
        string ownerId = context.Server.OwnerIdOf(bucket);
        if (expected == ownerId || expected == context.Server.Users.FindById(ownerId)?.AccountId) return;
        // Whatever has a letter could be the id of a user of this server, of which AWS would say that it is no account.
        bool isMalformed = expected.Length != AccountIdLength && expected.All(char.IsAsciiDigit);
        throw (isMalformed ? S3Errors.InvalidExpectedOwner(expected) : S3Errors.AccessDenied()).ToException();
    }

    /// <summary>A bucket whose requests are paid by who asks is open only to those who say that they will.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bucket">The bucket, which may be the source of a copy.</param>
    /// <param name="fields">The fields of a form, which say it instead of headers.</param>
    public static void RequirePayer(OperationContext context, BucketRecord bucket, S3HeaderCollection? fields = null)
    {
        if (!bucket.RequesterPays || context.Caller.CanonicalId == context.Server.OwnerIdOf(bucket)) return;
        string? payer = (fields ?? context.Request.Headers)[PayerName] ?? context.Query(PayerName);
        if (context.Caller.IsAnonymous || payer != "requester") throw S3Errors.AccessDenied().ToException();
    }

    /// <summary>Whether the answer tells that somebody else than the owner pays.</summary>
    public static bool IsCharged(OperationContext context) =>
        context.Bucket is { RequesterPays: true } && context.Caller.CanonicalId != context.BucketOwnerId;

    /// <summary>The answers of <see cref="S3ServerOptions.StrictRegions"/>: 301 from the server's own region, 400 from any other.</summary>
    public static void Region(OperationContext context, S3Operation operation)
    {
        bool isPresigned = context.Request.Query.Contains(Signing.SigV4.AlgorithmParameter);
        if (!context.Options.StrictRegions || context.Authenticated.SigningRegion is not { } signed) return;
        if (context.Bucket is not { } bucket)
        {
            if (signed != context.Options.Region && !operation.Has(OperationTraits.MakesBucket))
                throw WrongRegion(signed, context.Options.Region, isPresigned).ToException();
            return;
        }
        if (signed == bucket.Region || operation.Has(OperationTraits.AnyRegion)) return;
        S3Error error = signed == context.Options.Region
            ? S3Errors.PermanentRedirect(bucket.Name, bucket.Region, context.Server.Endpoint().Authority)
            : WrongRegion(signed, bucket.Region, isPresigned).WithHeader("x-amz-bucket-region", bucket.Region);
        throw error.ToException();
    }

    private static S3Error WrongRegion(string signed, string expected, bool isPresigned) => isPresigned
        ? S3Errors.AuthorizationQueryParametersError(
            $"Error parsing the X-Amz-Credential parameter; the region '{signed}' is wrong; expecting '{expected}'", expected)
        : S3Errors.AuthorizationHeaderMalformed(
            $"The authorization header is malformed; the region '{signed}' is wrong; expecting '{expected}'", expected);
}
