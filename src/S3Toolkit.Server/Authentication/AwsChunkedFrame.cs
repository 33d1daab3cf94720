using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>What the headers of a request promise of its aws-chunked body.</summary>
internal sealed record AwsChunkedFrame
{
    /// <summary>x-amz-decoded-content-length: bytes of payload.</summary>
    public required long DecodedLengthBytes { get; init; }

    /// <summary>Verifies the chunks' signatures; null when the chunks carry none.</summary>
    public required ChunkSignatureChain? Chain { get; init; }

    /// <summary>Who signed, for the error.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>Fields follow the last chunk.</summary>
    public required bool HasTrailer { get; init; }

    /// <summary>The names in x-amz-trailer, in lower case: these fields must come, and no others.</summary>
    public required string[] DeclaredTrailers { get; init; }

    /// <summary>Receives the fields once they are verified.</summary>
    public required S3HeaderCollection Trailers { get; init; }

    public required AuthenticationSettings Settings { get; init; }
}
