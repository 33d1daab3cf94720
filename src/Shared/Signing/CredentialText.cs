using System.Globalization;

namespace S3Toolkit.Signing;

/// <summary>Reads <c>AKID/yyyyMMdd/region/service/aws4_request</c>.</summary>
/// <remarks>Problems are worded as S3 words them, to stand behind a prefix of the caller's.</remarks>
internal static class CredentialText
{
    private const int ScopeParts = 4;

    /// <param name="text">The credential.</param>
    /// <param name="accessKeyId">The access key; it may hold slashes.</param>
    /// <param name="scope">The scope.</param>
    /// <returns>The problem, or null when the credential is well-formed.</returns>
    public static string? Parse(string text, out string accessKeyId, out CredentialScope scope)
    {
        accessKeyId = "";
        scope = default;
        string[] parts = text.Split('/');
        if (parts.Length <= ScopeParts || parts[0].Length == 0)
        {
            return "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
        }

        ReadOnlySpan<string> last = parts.AsSpan(parts.Length - ScopeParts);
        accessKeyId = string.Join('/', parts, 0, parts.Length - ScopeParts);
        scope = new CredentialScope(last[0], last[1], last[2]);
        if (!DateOnly.TryParseExact(scope.Date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return $"incorrect date format \"{scope.Date}\". This date in the credential must be in the format \"yyyyMMdd\".";
        }

        if (scope.Service != CredentialScope.S3Service)
        {
            return $"incorrect service \"{scope.Service}\". This endpoint belongs to \"{CredentialScope.S3Service}\".";
        }

        return last[3] == CredentialScope.Terminator
            ? null
            : $"incorrect terminal \"{last[3]}\". This endpoint uses \"{CredentialScope.Terminator}\".";
    }
}
