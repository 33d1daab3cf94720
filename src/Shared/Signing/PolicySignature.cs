namespace S3Toolkit.Signing;

/// <summary>The signature of a POST policy: the base64 text of the policy is the string to sign.</summary>
internal static class PolicySignature
{
    public static string Compute(ReadOnlySpan<byte> signingKey, string base64Policy)
    {
        Span<byte> signature = stackalloc byte[SigV4.SignatureLength];
        Write(signingKey, base64Policy, signature);
        return System.Text.Encoding.ASCII.GetString(signature);
    }

    /// <summary>Whether <paramref name="given"/> is the policy's signature; compared in constant time.</summary>
    public static bool Verify(ReadOnlySpan<byte> signingKey, string base64Policy, string given)
    {
        Span<byte> signature = stackalloc byte[SigV4.SignatureLength];
        Write(signingKey, base64Policy, signature);
        return SigV4.SignatureEquals(signature, given);
    }

    private static void Write(ReadOnlySpan<byte> signingKey, string base64Policy, Span<byte> signature)
    {
        var buffer = new SigningBuffer(stackalloc byte[1024]);
        buffer.Append(base64Policy);
        SigV4.Sign(signingKey, buffer.Written, signature);
        buffer.Dispose();
    }
}
