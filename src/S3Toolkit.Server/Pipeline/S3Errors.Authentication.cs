using System.Globalization;

namespace S3Toolkit.Server.Pipeline;

/// <summary>This file: signatures and access. No message repeats a signature or a secret.</summary>
internal static partial class S3Errors
{
    public static S3Error AccessDenied(string message = "Access Denied") => new("AccessDenied", 403, message);

    public static S3Error TooManyGrants(int max) =>
        InvalidRequest($"An access control list has no more than {max} grants; the headers of this request have more.");

    public static S3Error MalformedAcl() =>
        new("MalformedACLError", 400, "The XML you provided was not well-formed or did not validate against our published schema");

    public static S3Error UnresolvableGrantByEmailAddress(string email) => new S3Error(
        "UnresolvableGrantByEmailAddress", 400, "The e-mail address you provided does not match any account on record.")
        .With("EmailAddress", email);

    public static S3Error InvalidAccessKeyId(string accessKeyId) =>
        new S3Error("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.")
            .With("AWSAccessKeyId", accessKeyId);

    public static S3Error SignatureDoesNotMatch(string accessKeyId, string? stringToSign = null, string? canonicalRequest = null) =>
        new S3Error(
            "SignatureDoesNotMatch", 403,
            "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
            .With("AWSAccessKeyId", accessKeyId).With("StringToSign", stringToSign).With("CanonicalRequest", canonicalRequest);

    public static S3Error InvalidToken() => new("InvalidToken", 400, "The provided token is malformed or otherwise invalid.");

    public static S3Error ExpiredToken() => new("ExpiredToken", 400, "The provided token has expired.");

    public static S3Error RequestTimeTooSkewed(string requestTime, string serverTime, TimeSpan maxSkew) =>
        new S3Error("RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large.")
            .With("RequestTime", requestTime).With("ServerTime", serverTime)
            .With("MaxAllowedSkewMilliseconds", ((long)maxSkew.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));

    public static S3Error PresignedRequestHasExpired(string expires, string serverTime, int? expiresSeconds = null) =>
        AccessDenied("Request has expired")
            .With("X-Amz-Expires", expiresSeconds?.ToString(CultureInfo.InvariantCulture))
            .With("Expires", expires).With("ServerTime", serverTime);

    public static S3Error PresignedRequestNotYetValid() => AccessDenied("Request is not valid yet");

    public static S3Error AuthorizationHeaderMalformed(string message, string? expectedRegion = null) =>
        new S3Error("AuthorizationHeaderMalformed", 400, message).With("Region", expectedRegion);

    public static S3Error AuthorizationQueryParametersError(string message, string? expectedRegion = null) =>
        new S3Error("AuthorizationQueryParametersError", 400, message).With("Region", expectedRegion);

    public static S3Error MissingSecurityHeader(string message = "Your request was missing a required header") =>
        new("MissingSecurityHeader", 400, message);

    public static S3Error ContentSha256Mismatch(string claimed, string computed) =>
        new S3Error("XAmzContentSHA256Mismatch", 400, "The provided 'x-amz-content-sha256' header does not match what was computed.")
            .With("ClientComputedContentSHA256", claimed).With("S3ComputedContentSHA256", computed);

    public static S3Error InvalidContentSha256(string value) => InvalidArgument(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, "
        + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, "
        + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
        "x-amz-content-sha256", value);

    public static S3Error InvalidChunkSize() =>
        new("InvalidChunkSizeError", 403, "Only the last chunk is allowed to have a size less than 8192 bytes") { ClosesConnection = true };

    /// <summary>A policy that its bucket's public access block refuses.</summary>
    public static S3Error PublicPolicyBlocked(string userArn, string bucketArn) => AccessDenied(
        $"User: {userArn} is not authorized to perform: s3:PutBucketPolicy on resource: \"{bucketArn}\" because public policies are "
        + "blocked by the BlockPublicPolicy block public access setting.");

    /// <summary>A bucket's policy that is none.</summary>
    public static S3Error MalformedPolicy(string message) => new("MalformedPolicy", 400, message);

    /// <summary>The policy of a POST form that is none.</summary>
    public static S3Error InvalidPolicyDocument(string message) => new("InvalidPolicyDocument", 400, message);
}
