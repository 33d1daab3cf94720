using System.Buffers;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>
/// What can be sent as a header. Not all that comes is fit to go back: of a request's headers Kestrel takes control characters, and answers
/// with them it refuses; fields of a POST form and parameters of a query may hold anything at all.
/// </summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>A token of RFC 9110, which names of headers are.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(TokenCharacters);

    /// <param name="name">The name, or the part of it that the client chose.</param>
    /// <param name="source">Where it stood, for the message.</param>
    /// <exception cref="S3ErrorException">InvalidArgument: no token of RFC 9110.</exception>
    public static void CheckName(string name, string source)
    {
        if (IsToken(name)) return;
        throw S3Errors.InvalidArgument("Header name is not a valid HTTP token.", source).ToException();
    }

    /// <exception cref="S3ErrorException">InvalidArgument: a control character, which could begin a header of its own.</exception>
    public static void CheckValue(string value, string source)
    {
        foreach (char c in value)
        {
            if (char.IsControl(c) && c != '\t')
                throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", source, value).ToException();
        }
    }
}
