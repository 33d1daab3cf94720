using System.Collections.Frozen;

namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>
/// All operations of S3, each in one row; a row without a handler is one that this server has not. This file: looking up.
/// </summary>
internal static partial class OperationCatalog
{
    private const string Get = "GET", Head = "HEAD", Put = "PUT", Post = "POST", Delete = "DELETE", Options = "OPTIONS";

    public static IReadOnlyList<S3Operation> All { get; } = [.. OfBuckets, .. OfConfigurations, .. OfObjects, .. OfMultipart];

    /// <summary>The query parameters that name an operation, for buckets or for objects.</summary>
    public static FrozenSet<string> Subresources { get; } =
        All.Where(static row => row.Subresource is not null).Select(static row => row.Subresource!).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<(OperationScope, string, string?), S3Operation[]> Index =
        All.GroupBy(static row => (row.Scope, row.Method, row.Subresource))
            // What demands more is asked first.
            .ToFrozenDictionary(static group => group.Key, static group => group.OrderBy(row => row.Discriminator is null).ToArray());

    private static readonly FrozenSet<string> Names = All.Select(static row => row.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The rows of a method and a subresource, those with a discriminator first; empty when S3 has none.</summary>
    public static ReadOnlySpan<S3Operation> Find(OperationScope scope, string method, string? subresource) =>
        Index.TryGetValue((scope, method, subresource), out S3Operation[]? rows) ? rows : [];

    /// <exception cref="ArgumentException">S3 has no operation of this name.</exception>
    public static void RequireName(string operation)
    {
        if (Names.Contains(operation)) return;
        throw new ArgumentException(
            $"S3 has no operation '{operation}', so nothing would ever match it. Use AWS's name, such as 'GetObject'.", nameof(operation));
    }
}
