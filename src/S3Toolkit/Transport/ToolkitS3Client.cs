using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Internal;

namespace S3Toolkit.Transport;

/// <summary>The SDK's client without either of its retry loops, and with what some providers need.</summary>
internal sealed class ToolkitS3Client(AWSCredentials credentials, ToolkitS3Config config) : AmazonS3Client(credentials, config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new ClockOffsetRetryPolicy()));
        pipeline.AddHandlerAfter<Signer>(new LeadingSlashHandler());
        pipeline.AddHandlerBefore<AmazonS3ResponseHandler>(new OpaqueETagHandler(isInner: false));
        pipeline.AddHandlerAfter<AmazonS3ResponseHandler>(new OpaqueETagHandler(isInner: true));
        pipeline.AddHandlerAfter<Unmarshaller>(new HtmlAnswerHandler());
        // Called from the base constructor, when this class's own fields are not set yet: the configuration is.
        if (((ToolkitS3Config)Config).DeleteManyNeedsContentMd5) pipeline.AddHandlerBefore<Signer>(new ContentMd5Handler());
    }
}

/// <summary>The SDK's configuration, and what else our client must know before its constructor ends.</summary>
internal sealed class ToolkitS3Config : AmazonS3Config
{
    public bool DeleteManyNeedsContentMd5 { get; init; }
}
