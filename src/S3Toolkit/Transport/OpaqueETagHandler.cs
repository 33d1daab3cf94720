using System.Buffers;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3.Model;

namespace S3Toolkit.Transport;

/// <summary>
/// Keeps an ETag that is no MD5 out of the SDK's sight. Its response handler takes every ETag without a dash for the MD5 of the body
/// and fails on what is not hexadecimal, though an ETag is opaque (RFC 9110, 8.8.3) and some servers give others.
/// </summary>
/// <remarks>Two of them stand around the SDK's handler: the inner one takes the ETag away, the outer one gives it back.</remarks>
internal sealed class OpaqueETagHandler(bool isInner) : PipelineHandler
{
    private const int MD5HexLength = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly ConditionalWeakTable<AmazonWebServiceResponse, string> Taken = [];

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var result = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
        switch (executionContext.ResponseContext.Response)
        {
            case GetObjectResponse get:
                get.ETag = Exchange(get, get.ETag);
                break;
            case PutObjectResponse put:
                put.ETag = Exchange(put, put.ETag);
                break;
            case UploadPartResponse part:
                part.ETag = Exchange(part, part.ETag);
                break;
        }

        return result;
    }

    private string? Exchange(AmazonWebServiceResponse response, string? etag)
    {
        if (!isInner) return Taken.TryGetValue(response, out var taken) ? taken : etag;
        if (string.IsNullOrEmpty(etag) || IsMD5(etag)) return etag;
        Taken.Add(response, etag);
        return null;
    }

    private static bool IsMD5(string etag)
    {
        var value = etag.AsSpan().Trim('"');
        return value.Length == MD5HexLength && !value.ContainsAnyExcept(HexDigits);
    }
}
