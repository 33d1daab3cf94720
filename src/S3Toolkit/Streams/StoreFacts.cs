using System.Buffers;
using S3Toolkit.Transfers;

namespace S3Toolkit.Streams;

/// <summary>What the sugar over <see cref="IObjectStore"/> wants to know of a store, if it is one of ours.</summary>
/// <param name="Budget">The ceiling on the bytes in buffers.</param>
/// <param name="Pool">Where buffers come from.</param>
/// <param name="Profile">The provider; null when it is not known.</param>
internal sealed record StoreFacts(ByteBudget Budget, ArrayPool<byte> Pool, S3ProviderProfile? Profile)
{
    // Stores that are composed or mocked share what one store of ours has by default.
    private static readonly StoreFacts Shared = new(new ByteBudget(new S3ToolkitOptions().MaxBufferBytes), ArrayPool<byte>.Shared, null);

    public static StoreFacts Of(IObjectStore store) => store is IStoreFactsSource source ? source.Facts : Shared;
}

/// <summary>A store that talks to one server, with buffers of its own.</summary>
internal interface IStoreFactsSource
{
    StoreFacts Facts { get; }
}
