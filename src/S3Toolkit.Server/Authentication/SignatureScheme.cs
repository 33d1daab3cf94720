using S3Toolkit.Server.Authentication.Version2;
using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>How a request is signed.</summary>
internal enum SignatureSchemeKind
{
    Anonymous,
    Header,
    Presigned,
    HeaderV2,
    PresignedV2,
}

/// <summary>Tells from its headers and query how a request is signed, and refuses what S3 refuses.</summary>
internal static class SignatureScheme
{
    private const string AsymmetricAlgorithm = "AWS4-ECDSA-P256-SHA256";

    public static SignatureSchemeKind Of(S3HttpRequest request)
    {
        string? header = request.Headers["authorization"];
        bool isPresigned = request.Query.Contains(SigV4.AlgorithmParameter) || request.Query.Contains(SigV4.SignatureParameter)
            || request.Query.Contains(SigV4.CredentialParameter);
        // "Signature" and "AWSAccessKeyId" are no parameters of any operation.
        bool isPresignedV2 = request.Query.Contains(SigV2.SignatureParameter) || request.Query.Contains(SigV2.KeyParameter);

        if (header is not null && (isPresigned || isPresignedV2)) throw OnlyOneMechanism().ToException();
        if (isPresigned && request.Query[SigV4.AlgorithmParameter] == AsymmetricAlgorithm) throw Asymmetric().ToException();
        if (isPresigned) return SignatureSchemeKind.Presigned;
        if (isPresignedV2) return SignatureSchemeKind.PresignedV2;
        if (header is null) return SignatureSchemeKind.Anonymous;
        if (AuthorizationHeader.IsSigV4(header)) return SignatureSchemeKind.Header;
        if (header.Split(' ', 2)[0] == SigV2.Scheme) return SignatureSchemeKind.HeaderV2;
        throw Unsupported(header).ToException();
    }

    /// <summary>How AWS's regions that never took version 2 refuse it.</summary>
    public static S3Error Version2() =>
        S3Errors.InvalidRequest("The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    private static S3Error Unsupported(string header)
    {
        string scheme = header.Split(' ', 2)[0];
        return scheme switch
        {
            AsymmetricAlgorithm => Asymmetric(),
            // Only the scheme is repeated: what follows may be a password or a token.
            _ => S3Errors.InvalidArgument("Unsupported Authorization Type", "Authorization", scheme),
        };
    }

    private static S3Error Asymmetric() => S3Errors.NotImplemented(AsymmetricAlgorithm);

    private static S3Error OnlyOneMechanism() => S3Errors.InvalidArgument(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the "
        + "Authorization header should be specified", "Authorization");
}
