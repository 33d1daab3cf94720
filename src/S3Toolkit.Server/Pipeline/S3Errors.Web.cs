namespace S3Toolkit.Server.Pipeline;

/// <summary>This file: pages of other origins, and buckets as web sites.</summary>
internal static partial class S3Errors
{
    public static S3Error NoSuchCorsConfiguration(string bucketName) =>
        new S3Error("NoSuchCORSConfiguration", 404, "The CORS configuration does not exist").With("BucketName", bucketName);

    public static S3Error MissingOrigin() => new("BadRequest", 400, "Insufficient information. Origin request header needed.");

    public static S3Error InvalidRequestMethod(string? method) =>
        new("BadRequest", 400, $"Invalid Access-Control-Request-Method: {method ?? "null"}");

    public static S3Error CorsForbidden(string message, string method, string resourceType) =>
        new S3Error("AccessForbidden", 403, "CORSResponse: " + message).With("Method", method).With("ResourceType", resourceType);

    /// <summary>In AWS's own spelling.</summary>
    public static S3Error CorsRefused(string method, string resourceType) => CorsForbidden(
        "This CORS request is not allowed. This is usually because the evalution of Origin, request method / "
        + "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
        method, resourceType);

    public static S3Error NoSuchWebsiteConfiguration(string bucketName) =>
        new S3Error("NoSuchWebsiteConfiguration", 404, "The specified bucket does not have a website configuration")
            .With("BucketName", bucketName);

    public static S3Error InvalidRedirectLocation() => new(
        "InvalidRedirectLocation", 400, "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
}
