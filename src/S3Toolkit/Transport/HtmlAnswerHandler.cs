using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>
/// Refuses a page of HTML that comes with a success. The SDK would read an empty listing out of it, or take the page for an object: any
/// web server at the endpoint's address would look like an empty store.
/// </summary>
internal sealed class HtmlAnswerHandler : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var result = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        var answer = executionContext.ResponseContext.HttpResponse;
        if (!IsPage(executionContext.RequestContext.OriginalRequest, answer)) return result;
        answer.ResponseBody?.Dispose();
        throw new S3ToolkitException(
            $"The endpoint answered {(int)answer.StatusCode} with a page of HTML: what is there does not speak S3. "
            + "Check the address and the port of the endpoint.",
            S3ErrorCode.NotAnS3Endpoint);
    }

    private static bool IsPage(AmazonWebServiceRequest request, IWebResponseData? answer)
    {
        if (answer?.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) != true) return false;
        // An object may well be a page. S3 gives each an ETag; web servers give one to files, but not to what they make up for any path.
        // Google's answers to writes are empty and say that they are HTML.
        var isRead = request is GetObjectRequest or GetObjectMetadataRequest;
        return !answer.IsHeaderPresent("ETag") && (isRead || answer.ContentLength != 0);
    }
}
