namespace S3Toolkit.Signing;

/// <summary>Reads <c>AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=...</c>.</summary>
internal static class AuthorizationHeader
{
    private const string ThreeComponents =
        "the authorization header requires three components: Credential, SignedHeaders, and Signature.";

    /// <summary>Whether the header names the algorithm that <see cref="Parse"/> reads.</summary>
    public static bool IsSigV4(ReadOnlySpan<char> value) =>
        value.StartsWith(SigV4.Algorithm, StringComparison.Ordinal)
        && (value.Length == SigV4.Algorithm.Length || value[SigV4.Algorithm.Length] == ' ');

    /// <returns>The problem in S3's words, or null when the header is well-formed.</returns>
    public static string? Parse(string value, out SigV4Authorization? authorization)
    {
        authorization = null;
        string? credential = null, signedHeaders = null, signature = null;
        ReadOnlySpan<char> components = value.AsSpan(Math.Min(value.Length, SigV4.Algorithm.Length));
        foreach (Range range in components.Split(','))
        {
            ReadOnlySpan<char> component = components[range].Trim();
            int equals = component.IndexOf('=');
            if (equals <= 0) return ThreeComponents;
            string text = component[(equals + 1)..].ToString();
            bool isNew = component[..equals] switch
            {
                "Credential" => Set(ref credential, text),
                "SignedHeaders" => Set(ref signedHeaders, text),
                "Signature" => Set(ref signature, text),
                _ => false,
            };
            if (!isNew) return ThreeComponents;
        }

        if (string.IsNullOrEmpty(credential) || string.IsNullOrEmpty(signedHeaders) || string.IsNullOrEmpty(signature))
        {
            return ThreeComponents;
        }

        if (CredentialText.Parse(credential, out string accessKeyId, out CredentialScope scope) is { } problem) return problem;
        authorization = new SigV4Authorization(accessKeyId, scope, SplitNames(signedHeaders), signature);
        return null;
    }

    internal static string[] SplitNames(string signedHeaders) =>
        signedHeaders.ToLowerInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static bool Set(ref string? target, string value)
    {
        if (target is not null) return false;
        target = value;
        return true;
    }
}
