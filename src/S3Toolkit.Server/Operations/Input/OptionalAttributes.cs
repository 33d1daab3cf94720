using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Input;

/// <summary>What a listing tells only when it is asked to; S3 has one such attribute.</summary>
internal static class OptionalAttributes
{
    private const string HeaderName = "x-amz-optional-object-attributes";

    public static bool WantsRestoreStatus(OperationContext context)
    {
        if (context.Header(HeaderName) is not { Length: > 0 } text) return false;
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (name != "RestoreStatus")
                throw S3Errors.InvalidArgument("Invalid attribute name specified.", HeaderName, name).ToException();
        }
        return true;
    }
}
