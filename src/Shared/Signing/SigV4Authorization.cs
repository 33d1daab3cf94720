namespace S3Toolkit.Signing;

/// <summary>What an <c>Authorization</c> header or a presigned query claims: who signed what, for which scope.</summary>
/// <param name="AccessKeyId">The public half of the credential.</param>
/// <param name="Scope">The credential scope.</param>
/// <param name="SignedHeaders">The names of the signed headers, in lower case.</param>
/// <param name="Signature">The signature, 64 hexadecimal digits when it is genuine.</param>
internal sealed record SigV4Authorization(string AccessKeyId, CredentialScope Scope, string[] SignedHeaders, string Signature)
{
    public bool Signs(string lowerCaseName) => Array.IndexOf(SignedHeaders, lowerCaseName) >= 0;

    /// <summary>Never prints the signature.</summary>
    public override string ToString() => $"SigV4Authorization {AccessKeyId}/{Scope}";
}
