using S3Toolkit.Server.Pipeline;
using S3Toolkit.Signing;

namespace S3Toolkit.Server.Authentication;

/// <summary>The headers that a signature covers.</summary>
internal static class SignedHeaders
{
    /// <summary>The host and every <c>x-amz-*</c> header must be signed: an unsigned one could have been added on the way.</summary>
    public static void RequireComplete(S3HeaderCollection headers, SigV4Authorization claim)
    {
        List<string>? unsigned = claim.Signs("host") ? null : ["host"];
        foreach ((string name, _) in headers)
        {
            if (!name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)) continue;
            string lower = name.ToLowerInvariant();
            if (claim.Signs(lower) || unsigned?.Contains(lower) == true) continue;
            (unsigned ??= []).Add(lower);
        }

        if (unsigned is null) return;
        throw S3Errors.AccessDenied("There were headers present in the request which were not signed")
            .With("HeadersNotSigned", string.Join(", ", unsigned)).ToException();
    }

    /// <summary>The signed headers as the request has them.</summary>
    /// <exception cref="S3ErrorException">
    /// SignatureDoesNotMatch: one is not sent. Refused before anything is sorted, so that a list of made-up names costs nothing.
    /// </exception>
    public static HeaderField[] Collect(S3HeaderCollection headers, SigV4Authorization claim)
    {
        List<HeaderField> fields = new(headers.Count);
        foreach (string name in claim.SignedHeaders.Distinct())
        {
            int before = fields.Count;
            foreach ((string sent, string value) in headers)
            {
                if (sent.Equals(name, StringComparison.OrdinalIgnoreCase)) fields.Add(new HeaderField(name, value));
            }

            if (fields.Count == before)
                throw S3Errors.SignatureDoesNotMatch(claim.AccessKeyId).With("SignedHeaderNotSent", name).ToException();
        }

        HeaderField[] sorted = [.. fields];
        CanonicalHeaders.Sort(sorted);
        return sorted;
    }
}
