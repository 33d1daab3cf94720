using System.Text;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Continuation tokens: the last name of the page before, in a form that invites nobody to build one.</summary>
internal static class ContinuationToken
{
    private const string Prefix = "1";

    /// <summary>The name to go on after; "" when there is no token.</summary>
    public static string Read(OperationContext context)
    {
        if (context.Query("continuation-token") is not { } token) return "";
        Span<byte> bytes = token.Length <= 4096 ? stackalloc byte[4096] : [];
        bool isValid = token.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(token[Prefix.Length..], bytes, out int count);
        return isValid && Convert.TryFromBase64String(token[Prefix.Length..], bytes, out count)
            ? Encoding.UTF8.GetString(bytes[..count])
            : throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token").ToException();
    }

    public static string Write(string last) => Prefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(last));
}
