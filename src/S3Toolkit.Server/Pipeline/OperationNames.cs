using System.Collections.Frozen;

namespace S3Toolkit.Server.Pipeline;

/// <summary>AWS's names of all operations that this server tells apart, those that it does not carry out included.</summary>
internal static class OperationNames
{
    private static readonly FrozenSet<string> All = Enum.GetValues<S3Operation>()
        .Where(static operation => operation is not (S3Operation.NotImplemented or S3Operation.MethodNotAllowed))
        .Select(static operation => operation.ToString())
        .Concat(UnsupportedOperations.Operations)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">S3 has no operation of this name.</exception>
    public static void Require(string operation)
    {
        if (All.Contains(operation)) return;
        throw new ArgumentException(
            $"S3 has no operation '{operation}', so nothing would ever match it. Use AWS's name, such as 'GetObject'.", nameof(operation));
    }
}
