using S3Toolkit.Server.Access;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Buckets;

/// <summary>Is there a bucket, and may the caller list it? Whoever asks learns its region: clients find the right endpoint so.</summary>
internal static class HeadBucket
{
    private const string RegionHeader = "x-amz-bucket-region";

    public static ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        string region = context.Bucket!.Region;
        try
        {
            AccessStage.Demand(context, "s3:ListBucket");
        }
        catch (S3ErrorException exception)
        {
            throw exception.Error.WithHeader(RegionHeader, region).ToException();
        }
        return new(S3Response.Ok()
            .Header(RegionHeader, region)
            .Header("x-amz-access-point-alias", "false")
            .Header("Content-Type", "application/xml"));
    }
}
