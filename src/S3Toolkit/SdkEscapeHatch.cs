using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;
using Amazon.S3;
using S3Toolkit.Transport;

namespace S3Toolkit;

/// <summary>The ways past the library to the AWS SDK, for what it does not cover.</summary>
public static class SdkEscapeHatch
{
    extension(IBucketStore store)
    {
        /// <summary>The SDK's client of this store, which stays the store's: do not dispose it. Its calls are not retried.</summary>
        /// <param name="client">The client.</param>
        /// <returns>
        /// Whether the store has one: not before its first call, which is when it finds out where and as whom to connect, and never when it
        /// is composed of others.
        /// </returns>
        public bool TryGetClient([NotNullWhen(true)] out IAmazonS3? client) =>
            (client = (store as ISdkClientSource)?.Connection.Client) is not null;
    }

    extension(IObjectStore store)
    {
        /// <summary>The SDK's client of this store, which stays the store's: do not dispose it. Its calls are not retried.</summary>
        /// <param name="client">The client.</param>
        /// <returns>
        /// Whether the store has one: not before its first call, which is when it finds out where and as whom to connect, and never when it
        /// is composed of others.
        /// </returns>
        public bool TryGetClient([NotNullWhen(true)] out IAmazonS3? client) =>
            (client = (store as ISdkClientSource)?.Connection.Client) is not null;
    }

    extension<TOptions>(TOptions options)
        where TOptions : S3CallOptions
    {
        /// <summary>
        /// Gives the last word on the SDK's requests of a call, such as <c>PutObjectRequest</c>: it is called for each attempt, and for
        /// each kind of request that the call is made of.
        /// </summary>
        /// <param name="customize">Changes the request.</param>
        /// <returns>New options.</returns>
        public TOptions CustomizeSdkRequest(Action<AmazonWebServiceRequest> customize)
        {
            ArgumentNullException.ThrowIfNull(customize);
            S3CallOptions changed = options;
            return (TOptions)(changed with { SdkRequestCustomizer = request => customize((AmazonWebServiceRequest)request) });
        }
    }
}

/// <summary>A store that talks to one server through the SDK.</summary>
internal interface ISdkClientSource
{
    StoreConnection Connection { get; }
}
