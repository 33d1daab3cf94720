namespace S3Toolkit;

/// <summary>
/// The options of one store. All are optional: with none, the store talks to AWS with the default credential and region chain.
/// They bind from the configuration section <c>S3Toolkit</c> (<c>S3Toolkit:Stores:{name}</c> for a named store) and are checked when
/// the store is first made, or at the start of the host.
/// </summary>
public sealed class S3ToolkitOptions
{
    /// <summary>
    /// The endpoint, such as <c>https://play.example.com:9000</c>. It goes together with <see cref="Region"/>, neither unsets the other.
    /// </summary>
    /// <value>The default is null: AWS, in <see cref="Region"/>.</value>
    public Uri? Endpoint { get; set; }

    /// <summary>The endpoint that presigned requests name, when browsers reach the store by another address.</summary>
    /// <value>The default is null: the same as <see cref="Endpoint"/>.</value>
    public Uri? PublicEndpoint { get; set; }

    /// <summary>The region, such as <c>eu-west-1</c>; with a custom endpoint it is the region of the signature.</summary>
    /// <value>The default is null: the region chain of the SDK; <c>us-east-1</c> with a custom endpoint.</value>
    public string? Region { get; set; }

    /// <summary>The access key. Prefer a profile or a role to keys in configuration.</summary>
    /// <value>The default is null: the credential chain.</value>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret key of <see cref="AccessKeyId"/>.</summary>
    /// <value>The default is null.</value>
    public string? SecretAccessKey { get; set; }

    /// <summary>The session token of temporary keys.</summary>
    /// <value>The default is null.</value>
    public string? SessionToken { get; set; }

    /// <summary>The profile in the files that <c>aws configure</c> writes.</summary>
    /// <value>The default is null: the environment's <c>AWS_PROFILE</c>, else <c>default</c>.</value>
    public string? Profile { get; set; }

    /// <summary>The credentials file that <see cref="Profile"/> is looked up in.</summary>
    /// <value>The default is null: the environment's <c>AWS_SHARED_CREDENTIALS_FILE</c>, else <c>~/.aws/credentials</c>.</value>
    public string? ProfilesFile { get; set; }

    /// <summary>Whether requests are sent unsigned, for public buckets.</summary>
    /// <value>The default is false.</value>
    public bool Anonymous { get; set; }

    /// <summary>What kind of server it is; its quirks follow from that.</summary>
    /// <value>The default is null: told from the host name of the endpoint.</value>
    public S3ProviderProfile? Provider { get; set; }

    /// <summary>Where the bucket's name goes: into the path or into the host name.</summary>
    /// <value>
    /// The default is <see cref="S3AddressingStyle.Auto"/>: as the provider wants it; into the path for IP addresses and <c>localhost</c>.
    /// </value>
    public S3AddressingStyle AddressingStyle { get; set; }

    /// <summary>
    /// How requests that move data are sent. The library's own way takes a fraction of the SDK's processor time; the SDK carries in any
    /// case what is not data, and buckets that it alone can sign for (directory buckets, multi-region access points, Outposts, object
    /// lambda).
    /// </summary>
    /// <value>The default is <see cref="S3TransportMode.Auto"/>.</value>
    public S3TransportMode Transport { get; set; }

    /// <summary>
    /// Whether bodies go out without being part of the signature over plain http as well, as they do over https and on this machine. Who
    /// sits on the way can then change a body unnoticed, checksum and all; hashing it costs as much as sending it.
    /// </summary>
    /// <value>The default is false.</value>
    public bool AllowUnsignedPayloadOverHttp { get; set; }

    /// <summary>How large bodies are cut.</summary>
    /// <value>The default is an instance with its defaults.</value>
    public TransferOptions Transfers { get; set; } = new();

    /// <summary>How calls survive failures.</summary>
    /// <value>The default is an instance with its defaults.</value>
    public ResilienceOptions Resilience { get; set; } = new();

    /// <summary>The most bytes that all transfers of the store hold in buffers at once, at least 32 MiB.</summary>
    /// <value>The default is 256 MiB.</value>
    public long MaxBufferBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// Makes the handler that requests are sent with, for a proxy or a server without a socket. It is called once; the store disposes what
    /// it returns.
    /// </summary>
    /// <value>The default is null: a <see cref="SocketsHttpHandler"/> of the library.</value>
    public Func<HttpMessageHandler>? HttpMessageHandlerFactory { get; set; }

    /// <summary>Is asked once, before the first call, where to connect to. What it returns wins over the other options.</summary>
    /// <value>The default is null.</value>
    public Func<CancellationToken, ValueTask<S3Connection>>? ConnectionResolver { get; set; }
}
