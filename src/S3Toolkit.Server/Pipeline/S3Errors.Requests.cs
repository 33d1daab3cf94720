using System.Globalization;

namespace S3Toolkit.Server.Pipeline;

/// <summary>The errors of S3 with AWS's codes, statuses and messages. This file: the request as such.</summary>
internal static partial class S3Errors
{
    public static S3Error InternalError() => new("InternalError", 500, "We encountered an internal error. Please try again.");

    public static S3Error SlowDown() => new("SlowDown", 503, "Please reduce your request rate.");

    public static S3Error ServiceUnavailable() => new("ServiceUnavailable", 503, "Service is unable to handle request.");

    /// <summary>AWS has none such. 507 is HTTP's own word for it, and one that clients do not retry in vain.</summary>
    public static S3Error InsufficientStorage() => new(
        "InsufficientStorage", 507,
        "The server has no room for it: its disk or its memory is full. Nothing was stored; delete something and try again.")
    {
        ClosesConnection = true,
    };

    public static S3Error NotImplemented(string operation) =>
        new("NotImplemented", 501, $"A header or query you provided implies functionality that is not implemented: {operation}.");

    public static S3Error MethodNotAllowed(string method, string resourceType) =>
        new S3Error("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
            .With("Method", method).With("ResourceType", resourceType);

    public static S3Error InvalidArgument(string message, string? name = null, string? value = null) =>
        new S3Error("InvalidArgument", 400, message).With("ArgumentName", name).With("ArgumentValue", value);

    public static S3Error InvalidRequest(string message) => new("InvalidRequest", 400, message);

    public static S3Error InvalidUri(string rawPath) => new S3Error("InvalidURI", 400, "Couldn't parse the specified URI.")
        .With("URI", rawPath);

    public static S3Error MissingHeader(string header) =>
        new("InvalidRequest", 400, $"Missing required header for this request: {header}");

    public static S3Error MissingContentLength() =>
        new("MissingContentLength", 411, "You must provide the Content-Length HTTP header.") { ClosesConnection = true };

    public static S3Error IncompleteBody() =>
        new("IncompleteBody", 400, "The request body terminated unexpectedly") { ClosesConnection = true };

    public static S3Error RequestTimeout() => new(
        "RequestTimeout", 400,
        "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.")
    {
        ClosesConnection = true,
    };

    public static S3Error MalformedXml() =>
        new("MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema");

    public static S3Error UnexpectedContent() => new("UnexpectedContent", 400, "This request does not support content");

    public static S3Error MissingRequestBody() => new("MissingRequestBodyError", 400, "Request Body is empty");

    public static S3Error MaxMessageLengthExceeded(long maxBytes) =>
        new S3Error("MaxMessageLengthExceeded", 400, "Your request was too big.") { ClosesConnection = true }
            .With("MaxMessageLengthBytes", maxBytes.ToString(CultureInfo.InvariantCulture));

    public static S3Error InvalidDigest(string value) =>
        new S3Error("InvalidDigest", 400, "The Content-MD5 you specified was invalid.").With("Content-MD5", value);

    public static S3Error BadDigest(string expected, string calculated) =>
        new S3Error("BadDigest", 400, "The Content-MD5 you specified did not match what we received.")
            .With("ExpectedDigest", expected).With("CalculatedDigest", calculated);

    /// <param name="algorithm">AWS's name of the checksum, such as CRC32C.</param>
    public static S3Error BadChecksum(string algorithm) =>
        new("BadDigest", 400, $"The {algorithm} you specified did not match the calculated checksum.");

    /// <param name="algorithm">AWS's name of the checksum, such as CRC32C.</param>
    /// <param name="partNumber">The part that a Complete says it of.</param>
    public static S3Error BadPartChecksum(string algorithm, int partNumber) => new(
        "BadDigest", 400,
        $"The {algorithm.ToLowerInvariant()} you specified for part {partNumber} did not match what we received.");

    /// <param name="header">The header or trailer that holds no valid checksum.</param>
    public static S3Error InvalidChecksumHeader(string header) => new("InvalidRequest", 400, $"Value for {header} header is invalid.");

    public static S3Error MalformedTrailer() =>
        new(
            "MalformedTrailerError", 400,
            "The request contained trailing data that was not well-formed or did not conform to our published schema.")
        {
            ClosesConnection = true,
        };

    public static S3Error EntityTooLarge(long proposedBytes, long maxBytes) =>
        new S3Error("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size") { ClosesConnection = true }
            .With("ProposedSize", proposedBytes.ToString(CultureInfo.InvariantCulture))
            .With("MaxSizeAllowed", maxBytes.ToString(CultureInfo.InvariantCulture));

    public static S3Error MetadataTooLarge(long bytes, long maxBytes) =>
        new S3Error("MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size")
            .With("Size", bytes.ToString(CultureInfo.InvariantCulture))
            .With("MaxSizeAllowed", maxBytes.ToString(CultureInfo.InvariantCulture));

    public static S3Error MalformedPostRequest(string message = "The body of your POST request is not well-formed multipart/form-data.") =>
        new("MalformedPOSTRequest", 400, message) { ClosesConnection = true };

    public static S3Error MaxPostPreDataLengthExceeded() =>
        new("MaxPostPreDataLengthExceeded", 400, "Your POST request fields preceding the upload file were too large.")
        {
            ClosesConnection = true,
        };

    public static S3Error EntityTooSmall(long proposedBytes, long minBytes) =>
        new S3Error("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
            .With("ProposedSize", proposedBytes.ToString(CultureInfo.InvariantCulture))
            .With("MinSizeAllowed", minBytes.ToString(CultureInfo.InvariantCulture));
}
