using S3Toolkit.Server.Cors;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Buckets;

/// <summary>A browser's question before a request of a page: may it? What is asked for need not be there, and nobody signs it.</summary>
internal static class CorsPreflight
{
    public static ValueTask<S3Response> InvokeAsync(OperationContext context, CancellationToken cancellationToken)
    {
        if (CorsQuestion.Of(context.Request) is not { } question) throw S3Errors.MissingOrigin().ToException();
        string asked = question.Method ?? context.Request.Method;
        if (context.Bucket is not { } bucket) throw S3Errors.CorsForbidden("Bucket not found", asked, "BUCKET").ToException();
        if (bucket.Cors.Count == 0)
            throw S3Errors.CorsForbidden("CORS is not enabled for this bucket.", asked, "BUCKET").ToException();
        if (question.Method is not ("GET" or "HEAD" or "PUT" or "POST" or "DELETE"))
            throw S3Errors.InvalidRequestMethod(question.Method).ToException();
        if (CorsGrant.Of(bucket.Cors, question) is not { } grant)
            throw S3Errors.CorsRefused(asked, context.Target.HasKey ? "OBJECT" : "BUCKET").ToException();
        S3Response response = S3Response.Ok();
        grant.AddTo(response);
        return new(response);
    }
}
