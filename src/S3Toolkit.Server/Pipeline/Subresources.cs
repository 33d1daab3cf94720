using System.Collections.Frozen;

namespace S3Toolkit.Server.Pipeline;

/// <summary>
/// The query parameters that name a part of a bucket or an object. With a method that has no operation for it, a subresource must never
/// be ignored: <c>DELETE key?acl</c> would delete the object.
/// </summary>
internal static class Subresources
{
    private static readonly (string Name, string Methods)[] OfBucket =
    [
        ("delete", "POST"), ("location", "GET"), ("tagging", "GET PUT DELETE"), ("uploads", "GET"), ("versioning", "GET PUT"),
        ("versions", "GET"),
    ];

    private static readonly (string Name, string Methods)[] OfObject =
    [
        ("attributes", "GET"), ("partNumber", "GET HEAD PUT"), ("tagging", "GET PUT DELETE"), ("uploadId", "GET PUT POST DELETE"),
        ("uploads", "POST"),
    ];

    /// <summary>All that S3 has, for buckets or for objects, whether or not this server has it.</summary>
    public static readonly FrozenSet<string> All =
        OfBucket.Concat(OfObject).Select(static entry => entry.Name).Concat(UnsupportedOperations.Names).ToFrozenSet();

    /// <summary>The refusal of a request that names a subresource without an operation here; null when nothing is refused.</summary>
    public static ResolvedOperation? Refuse(string method, bool isObject, S3QueryCollection query)
    {
        foreach ((string name, _) in query)
        {
            if (!All.Contains(name) || Has(isObject ? OfObject : OfBucket, name, method)) continue;
            return UnsupportedOperations.Find(method, isObject, name) is { } operation
                ? new ResolvedOperation(S3Operation.NotImplemented, operation)
                : S3Operation.MethodNotAllowed;
        }
        return null;
    }

    private static bool Has((string Name, string Methods)[] entries, string name, string method)
    {
        foreach ((string known, string methods) in entries)
        {
            if (known == name) return methods.Split(' ').Contains(method);
        }
        return false;
    }
}
