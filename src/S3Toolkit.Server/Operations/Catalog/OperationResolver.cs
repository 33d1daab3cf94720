using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>
/// Method, target, query and headers to the operation: a pure function over the catalog, and all that S3 routes by. A subresource is never
/// ignored: <c>DELETE key?acl</c> would delete the object.
/// </summary>
internal static class OperationResolver
{
    public static S3Operation Resolve(string method, S3Target target, S3QueryCollection query, S3HeaderCollection headers)
    {
        OperationScope scope = target.HasKey ? OperationScope.Object : target.HasBucket ? OperationScope.Bucket : OperationScope.Service;
        if (scope == OperationScope.Service) method = method == "HEAD" ? "GET" : method;
        string? subresource = scope == OperationScope.Service || method == "OPTIONS" ? null : SubresourceOf(method, scope, query);
        foreach (S3Operation row in OperationCatalog.Find(scope, method, subresource))
        {
            if (row.Discriminator is not { } needed || headers.Contains(needed) || query.Contains(needed)) return row;
        }
        return S3Operation.MethodNotAllowed;
    }

    /// <summary>The first parameter that names a part of the bucket or the object.</summary>
    private static string? SubresourceOf(string method, OperationScope scope, S3QueryCollection query)
    {
        foreach ((string name, string value) in query)
        {
            if (OperationCatalog.Subresources.Contains(name) && !IsOnlyAParameter(method, scope, name, value)) return name;
        }
        return null;
    }

    private static bool IsOnlyAParameter(string method, OperationScope scope, string name, string value) => name switch
    {
        // GetObject and HeadObject read one part.
        "partNumber" => scope == OperationScope.Object && method is "GET" or "HEAD",
        // Whatever is not the second version of the listing is the first.
        "list-type" => method != "GET" || scope != OperationScope.Bucket || value != "2",
        _ => false,
    };
}
