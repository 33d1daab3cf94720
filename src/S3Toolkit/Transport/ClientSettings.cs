using Amazon.Runtime;

namespace S3Toolkit.Transport;

/// <summary>What a client is made from, once options, connection, configuration and chains have been asked.</summary>
internal sealed class ClientSettings
{
    /// <summary>The endpoint; null for AWS in <see cref="Region"/>.</summary>
    public required Uri? Endpoint { get; init; }

    public required Uri? PublicEndpoint { get; init; }

    public required string Region { get; init; }

    public required AWSCredentials Credentials { get; init; }

    public required S3ProviderProfile Profile { get; init; }

    public required S3AddressingStyle AddressingStyle { get; init; }

    public S3TransportMode Transport { get; init; }

    public bool AllowUnsignedPayloadOverHttp { get; init; }
}
