using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Access;

/// <summary>What conditions can ask of a request, beside the caller and the target.</summary>
/// <param name="Headers">The headers; of a POST form its fields.</param>
/// <param name="Query">The query.</param>
/// <param name="IsHttps">The connection is encrypted.</param>
/// <param name="Now">The server's time.</param>
internal sealed record RequestFacts(S3HeaderCollection Headers, S3QueryCollection Query, bool IsHttps, DateTimeOffset Now)
{
    public static RequestFacts Of(OperationContext context, S3HeaderCollection? fields = null) => new(
        fields ?? context.Request.Headers, context.Request.Query, context.Request.IsHttps, context.Server.Clock.GetUtcNow());
}
