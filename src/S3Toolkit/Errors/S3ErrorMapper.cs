using System.Net;
using S3Toolkit.Transport;

namespace S3Toolkit;

/// <summary>Turns the error of an attempt into the exception that the caller may see: pure, and the only place that decides.</summary>
internal static class S3ErrorMapper
{
    public static S3ToolkitException ToException(in S3Call call, S3Error error, int attempts)
    {
        // An exception of ours that passed through the SDK or HttpClient is the better one: a source that changed, missing credentials.
        // It may be shared by calls that waited for the same thing, so each call gets one of its own around it.
        var own = IsOfThePipeline(error) ? null : FindOwn(error.Cause);
        if (own is not null)
        {
            error = new S3Error(own.ErrorCode, own.PlainMessage)
            {
                Cause = own.InnerException, StatusCode = own.StatusCode, RequestId = own.RequestId,
            };
        }

        var message = own is null ? Describe(call, error) : own.PlainMessage;
        var exception = error switch
        {
            _ when error.Code == S3ErrorCode.NotAnS3Endpoint => new S3ToolkitException(message, error.Code, error.Cause),
            _ when error.Code == S3ErrorCode.NoSuchBucket => new BucketNotFoundException(message, error.Code, error.Cause),
            _ when error.Code == S3ErrorCode.NoSuchKey || error.Code == S3ErrorCode.NoSuchVersion =>
                new ObjectNotFoundException(message, error.Code, error.Cause),
            { StatusCode: HttpStatusCode.NotFound } when error.Code == S3ErrorCode.NotFound => call.Key is null
                ? new BucketNotFoundException(message, error.Code, error.Cause)
                : new ObjectNotFoundException(message, error.Code, error.Cause),
            { StatusCode: HttpStatusCode.PreconditionFailed } => new PreconditionFailedException(message, error.Code, error.Cause),
            { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } when error.Code != S3ErrorCode.RequestTimeTooSkewed =>
                new S3AccessDeniedException(message, error.Code, error.Cause),
            _ when error.Code == S3ErrorCode.BadDigest || error.Code == S3ErrorCode.ContentCorrupted =>
                new ContentCorruptedException(message, error.Code, error.Cause),
            _ => new S3ToolkitException(message, error.Code, error.Cause),
        };
        return exception.About(call, error, attempts);
    }

    // What the pipeline gave up over is its cause, not what happened to this call.
    private static bool IsOfThePipeline(S3Error error) => error.Code == S3ErrorCode.CircuitOpen || error.Code == S3ErrorCode.TotalTimeout;

    private static S3ToolkitException? FindOwn(Exception? cause)
    {
        for (var exception = cause; exception is not null; exception = exception.InnerException)
        {
            if (exception is S3ToolkitException own) return own;
        }

        return null;
    }

    private static string Describe(in S3Call call, S3Error error)
    {
        var where = (call.BucketName, call.Key) switch
        {
            (null, _) => "the account",
            ({ } bucket, null) => $"bucket '{bucket}'",
            ({ } bucket, { } key) => $"s3://{bucket}/{key}",
        };
        return Advice(error) is { } advice
            ? $"{call.Operation} on {where} failed: {error.Message.TrimEnd('.')}. {advice}"
            : $"{call.Operation} on {where} failed: {error.Message}";
    }

    private static string? Advice(S3Error error) => error.Code.Value switch
    {
        "NoSuchBucket" => "Create the bucket, or check its name and the account.",
        "SignatureDoesNotMatch" => "The secret key does not belong to the access key, or something between rewrites the request.",
        "InvalidAccessKeyId" => "The server does not know the access key: check the credentials and the endpoint.",
        "RequestTimeTooSkewed" => "The clock of this machine is wrong: synchronise it.",
        "AccessDenied" => "Check the credentials, and their permissions on it.",
        "PreconditionFailed" => "The object exists already, or has another ETag than expected.",
        "TlsFailed" => "Check whether the endpoint is https or http, and that this machine trusts its certificate.",
        "NotFound" => "It does not exist, or its bucket does not.",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" => "Set the bucket's region in the options.",
        "ConnectionFailed" => "Check the endpoint and the network.",
        "NotAnS3Endpoint" => "Check the address and the port of the endpoint.",
        "BucketNotEmpty" => "Empty it first, or delete it with Force, which empties it.",
        "ConditionalRequestConflict" => "Another write to the key was under way: repeat the upload from its start.",
        "EntityTooSmall" => "All parts but the last need at least 5 MiB.",
        _ => null,
    };
}
