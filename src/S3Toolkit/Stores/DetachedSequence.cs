using System.Runtime.CompilerServices;

namespace S3Toolkit.Stores;

/// <summary>
/// What System.Linq has for asynchronous sequences, without its return to the caller's context: there, a caller who blocks on the
/// sequence would wait for itself.
/// </summary>
internal static class DetachedSequence
{
    public static async IAsyncEnumerable<TResult> Map<TSource, TResult>(
        IAsyncEnumerable<TSource> source,
        Func<TSource, TResult> map,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in source.WithCancellation(cancellationToken).ConfigureAwait(false)) yield return map(item);
    }

    public static async IAsyncEnumerable<ListedObject> Objects(
        IAsyncEnumerable<ObjectListing> source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (item is ListedObject found) yield return found;
        }
    }
}
