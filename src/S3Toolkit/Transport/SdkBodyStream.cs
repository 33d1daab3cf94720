using Amazon.Runtime;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>The body of an answer, and the answer with it: the SDK frees the connection only when the answer is disposed.</summary>
internal sealed class SdkBodyStream(GetObjectResponse response, string bucketName, string key) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return response.ResponseStream.Read(buffer);
        }
        catch (AmazonClientException error)
        {
            throw Corrupted(error);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await response.ResponseStream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonClientException error)
        {
            throw Corrupted(error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Release();
        base.Dispose(disposing);
    }

    private void Release()
    {
        try
        {
            response.Dispose();
        }
        catch (AmazonClientException)
        {
            // The SDK compares its hash here too, after the connection went back. Who reads to the end is told by the reader; who stops
            // before it did not ask.
        }
    }

    /// <summary>All that the SDK itself throws while a body is read is that its checksum is not the one announced.</summary>
    private ContentCorruptedException Corrupted(AmazonClientException error) => new(
        $"The content of s3://{bucketName}/{key} does not have the checksum that the server announced. Read it again; "
        + "if that fails too, the object is damaged.",
        S3ErrorCode.ContentCorrupted,
        error)
    {
        Operation = "GetObject",
        BucketName = bucketName,
        Key = key,
    };
}
