using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Authentication;

/// <summary>
/// The metadata in the query of a presigned URL: the SDKs of JavaScript and Ruby put it there, and S3 takes it for headers. Nothing else of
/// a query is: S3 ignores x-amz-tagging and the encryption there, and their SDKs have come to send those as headers.
/// </summary>
/// <remarks>
/// See https://github.com/aws/aws-sdk-js-v3/issues/4694, https://github.com/aws/aws-sdk-go-v2/pull/1017 and
/// https://github.com/aws/aws-sdk-js-v3/pull/1701.
/// </remarks>
internal static class PresignedMetadata
{
    private const string Prefix = "x-amz-meta-";

    /// <summary>Makes headers of it. Only for a request whose signature covers all of its query, and has been verified.</summary>
    public static void AddTo(S3HttpRequest request)
    {
        foreach ((string name, string value) in request.Query)
        {
            bool isNew = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !request.Headers.Contains(name);
            if (isNew) request.Headers.Add(name, value);
        }
    }
}
