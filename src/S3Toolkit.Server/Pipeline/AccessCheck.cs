using S3Toolkit.Server.Operations.Catalog;

namespace S3Toolkit.Server.Pipeline;

/// <summary>May this caller do this here? One account owns everything; nobody else may do anything.</summary>
internal static class AccessCheck
{
    public static void Identity(S3Identity identity, S3Operation operation)
    {
        // A POST form is signed by its policy, which is read with the form.
        if (identity.IsAnonymous && !operation.Has(OperationTraits.SignedByForm | OperationTraits.Unsigned)) throw S3Errors.AccessDenied().ToException();
    }

    public static void Owner(OperationContext context)
    {
        string? expected = context.Header("x-amz-expected-bucket-owner");
        string? expectedSource = context.Header("x-amz-source-expected-bucket-owner");
        bool isMismatch = (expected is not null && expected != context.Options.AccountId)
            || (expectedSource is not null && expectedSource != context.Options.AccountId);
        if (isMismatch) throw S3Errors.AccessDenied().ToException();
    }

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
