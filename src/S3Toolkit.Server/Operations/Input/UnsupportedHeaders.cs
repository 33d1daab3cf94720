using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Headers that this server does not do: refused, because an answer of success would be a lie about it.</summary>
internal static class UnsupportedHeaders
{
    private static readonly string[] OfObjects =
    [
        "x-amz-object-lock-event-hold", "x-amz-object-lock-event-hold-duration-days", "x-amz-object-lock-event-hold-duration-years",
        "x-amz-write-offset-bytes",
    ];

    /// <summary>For what writes an object.</summary>
    /// <exception cref="S3ErrorException">NotImplemented.</exception>
    public static void CheckObject(S3HeaderCollection headers)
    {
        if (Array.Find(OfObjects, headers.Contains) is { } unsupported) throw S3Errors.NotImplemented(unsupported).ToException();
    }
}
