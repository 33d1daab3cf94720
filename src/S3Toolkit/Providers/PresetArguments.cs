using System.Runtime.CompilerServices;

namespace S3Toolkit.Providers;

/// <summary>Checks what the presets are called with, before it becomes part of a host name.</summary>
internal static class PresetArguments
{
    /// <summary>An http or https address without path, query and user: the S3 API sits at the root of its host.</summary>
    public static Uri Endpoint(string value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        if (!Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"'{value}' is no endpoint. Give an address such as 'https://s3.example.org:9000'.", name);

        // A user part may hold a secret, so this message does not repeat the value.
        if (uri.UserInfo.Length > 0)
            throw new ArgumentException("The endpoint must not hold a user or password. Set AccessKeyId and SecretAccessKey.", name);
        if (uri.PathAndQuery != "/" || uri.Fragment.Length > 0)
            throw new ArgumentException($"'{value}' has a path, query or fragment. Give the server's address, without the bucket.", name);
        return uri;
    }

    /// <summary>One label of a host name: a region, an account id, a jurisdiction.</summary>
    public static string Label(string value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        bool fits = value.Length <= 63 && value[0] != '-' && value[^1] != '-';
        foreach (char c in value) fits &= char.IsAsciiLetterOrDigit(c) || c == '-';
        if (!fits) throw new ArgumentException($"'{value}' must consist of 1 to 63 letters, digits and inner hyphens.", name);
        return value.ToLowerInvariant();
    }
}
