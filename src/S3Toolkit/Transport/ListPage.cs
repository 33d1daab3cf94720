namespace S3Toolkit.Transport;

/// <summary>
/// A page of a listing, and where the next one begins: null after the last, empty when there is one and the server does not say where.
/// </summary>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? ContinuationToken)
{
    /// <summary>Reads what S3 says in two fields as one.</summary>
    public ListPage(IReadOnlyList<T> items, bool? isTruncated, string? continuationToken)
        : this(items, isTruncated == true ? continuationToken ?? "" : null)
    {
    }
}
