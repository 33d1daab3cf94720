namespace S3Toolkit.Signing;

/// <summary>What <c>x-amz-content-sha256</c> says of the payload: the closed set that S3 accepts.</summary>
internal enum PayloadHashKind
{
    /// <summary>The SHA-256 of the whole payload.</summary>
    Single,

    /// <summary>The payload is not part of the signature.</summary>
    Unsigned,

    /// <summary>aws-chunked without chunk signatures, a trailer at the end.</summary>
    StreamingUnsignedTrailer,

    /// <summary>aws-chunked, each chunk signed.</summary>
    StreamingSigned,

    /// <summary>aws-chunked, each chunk and the trailer signed.</summary>
    StreamingSignedTrailer,

    /// <summary>aws-chunked, each chunk signed with SigV4A's key.</summary>
    StreamingEcdsa,

    /// <summary>aws-chunked, each chunk and the trailer signed with SigV4A's key.</summary>
    StreamingEcdsaTrailer,
}
