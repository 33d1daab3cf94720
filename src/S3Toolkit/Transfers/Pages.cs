using System.Runtime.CompilerServices;
using S3Toolkit.Resilience;
using S3Toolkit.Transport;

namespace S3Toolkit.Transfers;

/// <summary>Reads a listing page by page: the next is fetched when the one before it is used up.</summary>
internal static class Pages
{
    /// <exception cref="S3ToolkitException">A call failed, or the server does not say where the listing goes on.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        S3Caller caller,
        S3Call call,
        Func<S3Wire, string?, S3Attempt, ValueTask<S3Reply<ListPage<T>>>> fetch,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var token = next;
            var reply = await caller.CallAsync(call, (wire, attempt) => fetch(wire, token, attempt), cancellationToken)
                .ConfigureAwait(false);
            foreach (var item in reply.Value.Items) yield return item;
            next = reply.Value.ContinuationToken;
            // The end would be taken for a whole listing, and the same page again would never end.
            if (next is "") throw Broken(call, "says that there is more, but not where it begins");
            if (next is not null && next == token) throw Broken(call, "sends the same page again and again");
        }
        while (next is not null);
    }

    /// <summary>The error of a listing that cannot be read to its end.</summary>
    /// <param name="call">The call.</param>
    /// <param name="how">What the server does.</param>
    public static S3ToolkitException Broken(S3Call call, string how) => new(
        $"{call.Operation} on {(call.BucketName is { } bucket ? $"bucket '{bucket}'" : "the account")} cannot be read to its end: "
        + $"the server {how}. What was listed so far is not all; report it to the maker of the server.",
        S3ErrorCode.BrokenListing)
    {
        Operation = call.Operation,
        BucketName = call.BucketName,
        Key = call.Key,
    };
}
