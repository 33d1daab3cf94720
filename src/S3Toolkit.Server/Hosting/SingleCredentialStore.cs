using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Hosting;

/// <summary>The one key of a server.</summary>
internal sealed class SingleCredentialStore(S3Credential credential) : ICredentialStore
{
    public S3Credential? Find(string accessKeyId) => accessKeyId == credential.AccessKeyId ? credential : null;
}
