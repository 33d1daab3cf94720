using System.Text;
using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>Continuation tokens: the last name of the page before, in a form that invites nobody to build one.</summary>
internal static class ContinuationToken
{
    private const string Prefix = "1";

    /// <summary>More than the longest key; what does not fit is none of ours.</summary>
    private const int MaxBytes = 2 * ObjectKeys.MaxBytes;

    /// <summary>The name to go on after; "" when there is no token.</summary>
    public static string Read(OperationContext context)
    {
        if (context.Query("continuation-token") is not { Length: > 0 } token) return "";
        Span<byte> bytes = stackalloc byte[MaxBytes];
        bool isOurs = token.StartsWith(Prefix, StringComparison.Ordinal);
        return isOurs && Convert.TryFromBase64String(token[Prefix.Length..], bytes, out int count)
            ? Encoding.UTF8.GetString(bytes[..count])
            : throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token").ToException();
    }

    public static string Write(string last) => Prefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(last));
}
