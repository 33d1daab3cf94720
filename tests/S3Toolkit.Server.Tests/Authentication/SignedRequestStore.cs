using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Tests.Authentication;

/// <summary>Knows a permanent key and a temporary one.</summary>
internal sealed class SignedRequestStore : ICredentialStore
{
    public static readonly SignedRequestStore Instance = new();

    public S3Credential? Find(string accessKeyId) => accessKeyId switch
    {
        SignedRequest.AccessKeyId => new S3Credential(SignedRequest.AccessKeyId, SignedRequest.Secret, SignedRequest.User),
        "ASTEMP" => new S3Credential("ASTEMP", SignedRequest.Secret, SignedRequest.TemporaryUser) { SessionToken = "token" },
        _ => null,
    };
}
