using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Access;

namespace S3Toolkit.Server;

/// <summary>How an <see cref="S3Server"/> is set up. Read once, when the server starts.</summary>
public sealed partial class S3ServerOptions
{
    /// <summary>The TCP port to listen on, 0 to 65,535; 0 takes a free one.</summary>
    /// <value>The default value is 0.</value>
    public int Port { get; set; }

    /// <summary>
    /// The TCP port that serves buckets as web sites, 0 to 65,535; 0 takes a free one, null serves none. Only buckets with a website
    /// configuration are served, and of them only what anybody may read.
    /// </summary>
    /// <remarks>
    /// The bucket is named by the host (<c>bucket.localhost</c>, <c>bucket.s3-website-region.amazonaws.com</c>), or by the first part of
    /// the path when the host is an address or a base domain alone: <c>http://127.0.0.1:8080/bucket/page.html</c>.
    /// </remarks>
    /// <value>The default value is <see langword="null"/>.</value>
    public int? WebsitePort { get; set; }

    /// <summary>Whether to open a socket. Without one the server is reached through <see cref="S3Server.CreateHandler"/> only.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool Listen { get; set; } = true;

    /// <summary>The access key of the one user; null draws a random one. Not together with <see cref="Users"/>.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? AccessKeyId { get; set; }

    /// <summary>The secret of <see cref="AccessKeyId"/>; null draws a random one. Appears in no log.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? SecretAccessKey { get; set; }

    /// <summary>The server's own region: that of buckets that name none.</summary>
    /// <value>The default value is <c>us-east-1</c>.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>
    /// Answers a request for a bucket of another region as AWS does (301 PermanentRedirect, 400 AuthorizationHeaderMalformed) instead of
    /// serving it.
    /// </summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool StrictRegions { get; set; }

    /// <summary>
    /// Takes signature version 2 (HMAC-SHA1) as well: in the header, presigned, and in POST forms. It covers neither the body nor most
    /// headers and parameters; AWS takes it in its oldest regions only. A presigned URL of it is refused with a parameter that names an
    /// operation younger than it (<c>retention</c>, <c>publicAccessBlock</c>, ...): who has the URL could have added it.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: it is refused, as in all newer regions of AWS.</value>
    public bool AllowSignatureV2 { get; set; }

    /// <summary>
    /// The account of the one user, 12 digits. It counts for nothing when there are <see cref="Users"/>, who have their own:
    /// <see cref="KmsKeys"/> without an account in their names belong to the first user's then.
    /// </summary>
    /// <value>The default value is <c>123456789012</c>.</value>
    public string AccountId { get; set; } = "123456789012";

    /// <summary>
    /// The users, when there is more than one: each owns the buckets that it makes, and may use others' as far as their owners let it. The
    /// first is the root: what was stored before there were users is the root's.
    /// </summary>
    /// <value>The default value is empty: one user of <see cref="AccessKeyId"/>, or of random keys.</value>
    public IList<S3User> Users { get; private set; } = [];

    /// <summary>
    /// Who owns the objects of a bucket that is made without <c>x-amz-object-ownership</c>, and whether access control lists count in it.
    /// The public access of such a bucket is blocked with <see cref="S3ObjectOwnership.BucketOwnerEnforced"/> and is not with the others:
    /// today's AWS and that of before April 2023, for which older clients and suites were written.
    /// </summary>
    /// <value>The default value is <see cref="S3ObjectOwnership.BucketOwnerEnforced"/>, AWS's own.</value>
    public S3ObjectOwnership DefaultObjectOwnership { get; set; } = S3ObjectOwnership.BucketOwnerEnforced;

    /// <summary>
    /// Domains of virtual-hosted requests: <c>bucket.domain</c> names a bucket. <c>bucket.s3.anything</c> does so always.
    /// </summary>
    /// <value>The default value is <c>localhost</c>.</value>
    public IList<string> BaseDomains { get; private set; } = ["localhost"];

    /// <summary>
    /// The folder that keeps all data, made when it is not there; null keeps it in memory, gone with the server. One server at a time can
    /// have a folder. What was acknowledged is flushed to disk: it survives the end of the process, however it comes.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// The keys of the server's own KMS, which <c>aws:kms</c> and <c>aws:kms:dsse</c> encryption use; a request that names another one is
    /// answered with <c>KMS.NotFoundException</c>. They belong to the account of the first user, whoever asks. The default key
    /// <c>alias/aws/s3</c> is made on first use, and keys that a data folder has from earlier starts stay.
    /// </summary>
    /// <value>The default value is empty.</value>
    public IList<S3KmsKey> KmsKeys { get; private set; } = [];

    /// <summary>Where the server's time comes from; <see cref="S3Server.Clock"/> runs on it.</summary>
    /// <value>The default value is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Where unexpected failures are logged, and at level Debug a line for each request (method, path, status, milliseconds); null logs
    /// nothing.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// The largest body of one put or one part, in bytes. Stops a client from filling the server's memory with one request.
    /// </summary>
    /// <value>The default value is 5 GiB, S3's own limit.</value>
    public long MaxBodyBytes { get; set; } = 5L * 1024 * 1024 * 1024;

    /// <summary>
    /// The bodies that a server without a <see cref="DataDirectory"/> holds, in bytes; null for no limit. Stops clients from filling the
    /// machine's memory with many objects, versions or parts: what goes beyond is answered with 507 InsufficientStorage, and not stored.
    /// </summary>
    /// <remarks>
    /// Each version and each part counts, those under way too, and a copy as much as its source. Deletions always work. The bodies of a
    /// <see cref="Snapshot"/> count, but are taken whatever their size.
    /// </remarks>
    /// <value>The default value is <see langword="null"/>.</value>
    public long? MaxMemoryBytes { get; set; }

    /// <summary>
    /// The smallest part but the last, in bytes. Tests of multipart code lower it to keep their bodies small.
    /// </summary>
    /// <value>The default value is 5 MiB, S3's own limit.</value>
    public long MinPartBytes { get; set; } = 5L * 1024 * 1024;

    /// <summary>The largest XML request, in bytes. Stops unbounded memory allocation by a document that is read whole.</summary>
    /// <value>The default value is 8 MiB: 10,000 parts with checksums, or 1,000 keys of 1,024 bytes, all escaped.</value>
    public int MaxXmlBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// All of a POST form but the file, in bytes: names and values of its fields and what frames them; and what follows the file. Stops
    /// memory allocation by fields that never end.
    /// </summary>
    /// <value>The default value is 20 KiB, S3's own limit.</value>
    public int MaxFormFieldBytes { get; set; } = 20 * 1024;

    /// <summary>All user metadata of an object, names and values, in bytes. Stops metadata from being used as unlimited storage.</summary>
    /// <value>The default value is 2 KiB, S3's own limit.</value>
    public int MaxMetadataBytes { get; set; } = 2 * 1024;

    /// <summary>
    /// The elements of an XML request. Stops memory from being filled by a small document of empty elements, each of which costs more here
    /// than on the wire.
    /// </summary>
    /// <value>The default value is 100,000: 10,000 parts with checksums have 40,000.</value>
    public int MaxXmlElements { get; set; } = 100_000;

    /// <summary>How deep the elements of an XML request may be nested. Stops documents that are nested to exhaust the parser.</summary>
    /// <value>The default value is 16; S3's own documents are four deep.</value>
    public int MaxXmlDepth { get; set; } = 16;

    /// <summary>
    /// The parameters of a query. Stops queries whose sorting costs more than sending them, before any signature is checked.
    /// </summary>
    /// <value>The default value is 256; S3's own requests have less than 20.</value>
    public int MaxQueryParameters { get; set; } = 256;

    /// <summary>
    /// All headers of a request, in bytes. Stops memory allocation by headers that never end. Beyond it the socket answers 431 without a
    /// body: what cannot be parsed does not reach S3.
    /// </summary>
    /// <value>The default value is 64 KiB.</value>
    public int MaxHeaderBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// The headers of a request. Stops requests of many tiny headers, whose search and sorting costs more than sending them, before any
    /// signature is checked. Beyond it the socket answers 431 without a body.
    /// </summary>
    /// <value>The default value is 100.</value>
    public int MaxHeaders { get; set; } = 100;

    /// <summary>
    /// The request line, in bytes. A key of 1,024 bytes is 3,072 when escaped; presigned queries come on top. Stops memory allocation by a
    /// line that never ends. Beyond it the socket answers 414 without a body.
    /// </summary>
    /// <value>The default value is 16 KiB.</value>
    public int MaxRequestLineBytes { get; set; } = 16 * 1024;

    /// <summary>Connections open at a time; null for no limit. Stops socket exhaustion.</summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public long? MaxConnections { get; set; }

    /// <summary>The time that a client has to send its headers. Stops slow-header attacks (Slowloris).</summary>
    /// <value>The default value is 30 seconds.</value>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The time for which an idle connection is kept. Stops idle clients from holding sockets.</summary>
    /// <value>The default value is 130 seconds, Kestrel's own.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>
    /// The slowest that a body may be sent or read, in bytes per second; null for no limit. Stops clients that hold a connection by a body
    /// that trickles (slow POST, slow read). Off by default, because tests and debuggers pause bodies on purpose and the server listens on
    /// the loopback address only.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public double? MinBodyBytesPerSecond { get; set; }

    /// <summary>The time before <see cref="MinBodyBytesPerSecond"/> is judged, and for which a body may pause.</summary>
    /// <value>The default value is 5 seconds.</value>
    public TimeSpan BodyGracePeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that requests under way have to end when the server is disposed; then they are cut.</summary>
    /// <value>The default value is 2 seconds.</value>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The time, by <see cref="S3Server.Clock"/>, that the restore of an archived object (GLACIER, DEEP_ARCHIVE) takes.
    /// </summary>
    /// <value>The default value is zero: what is restored can be read at once.</value>
    public TimeSpan RestoreDelay { get; set; }

    /// <summary>
    /// The length of a day in lifecycle rules, 100 milliseconds to 24 hours. Shortened, days are counted from the second instead of to the
    /// next midnight UTC, and the rules run ten times a day: for tests that wait. The dates that answers tell stay those of whole days.
    /// </summary>
    /// <value>The default value is 24 hours; the rules run at midnight UTC then.</value>
    public TimeSpan LifecycleDay { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Where the events go that the notification configurations of buckets ask for: a POST of AWS's JSON each, after the commit, in order,
    /// tried four times; whatever destination the configuration names. Null sends nothing. <see cref="S3Server.Events"/> tells code in the
    /// same process of all events.
    /// </summary>
    /// <value>The default value is <see langword="null"/>.</value>
    public Uri? NotificationWebhook { get; set; }

    /// <summary>
    /// Destination buckets of replication rules that are on other servers; a bucket that is not named here is one of this server.
    /// </summary>
    /// <value>Empty by default.</value>
    public IDictionary<string, S3ReplicationTarget> ReplicationTargets { get; private set; } =
        new Dictionary<string, S3ReplicationTarget>(StringComparer.Ordinal);

    /// <summary>
    /// The number of requests that <see cref="S3Server.Requests"/> keeps; older ones are dropped. Stops the log from growing for ever.
    /// </summary>
    /// <value>The default value is 10,000.</value>
    public int MaxLoggedRequests { get; set; } = 10_000;

    internal void Validate()
    {
        ValidateTesting();
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65_535);
        if (WebsitePort is { } websitePort)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(websitePort, nameof(WebsitePort));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(websitePort, 65_535, nameof(WebsitePort));
        }
        ArgumentException.ThrowIfNullOrWhiteSpace(Region);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (AccessKeyId is { Length: 0 }) throw new ArgumentException("AccessKeyId is empty. Give a key, or null for a random one.");
        if (SecretAccessKey is { Length: 0 }) throw new ArgumentException(
            "SecretAccessKey is empty. Give a secret, or null for a random one.");
        if (DataDirectory is not null && string.IsNullOrWhiteSpace(DataDirectory))
            throw new ArgumentException("DataDirectory is empty. Give a folder, or null to keep all data in memory.");
        if (AccountId.Length != 12 || !AccountId.All(char.IsAsciiDigit))
            throw new ArgumentException($"AccountId is '{AccountId}'. An AWS account id has 12 digits.");
        if (Users.Count > 0 && (AccessKeyId is not null || SecretAccessKey is not null))
            throw new ArgumentException("Users have keys of their own. Give either Users, or AccessKeyId and SecretAccessKey.");
        UserChecks.Require([.. Users]);
        if (!Enum.IsDefined(DefaultObjectOwnership))
            throw new ArgumentOutOfRangeException(nameof(DefaultObjectOwnership), DefaultObjectOwnership, "There is no such ownership.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBodyBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MinPartBytes);
        if (MaxMemoryBytes is { } memory) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(memory, nameof(MaxMemoryBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxXmlBodyBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxFormFieldBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxMetadataBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxLoggedRequests);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxXmlElements);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxXmlDepth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxQueryParameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxHeaderBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxHeaders);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRequestLineBytes);
        if (MaxConnections is { } connections) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(connections, nameof(MaxConnections));
        if (MinBodyBytesPerSecond is { } rate) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate, nameof(MinBodyBytesPerSecond));
        ArgumentOutOfRangeException.ThrowIfLessThan(RestoreDelay, TimeSpan.Zero);
        RequireTime(HeaderTimeout, nameof(HeaderTimeout));
        RequireTime(IdleTimeout, nameof(IdleTimeout));
        RequireTime(ShutdownTimeout, nameof(ShutdownTimeout));
        if (NotificationWebhook is { } webhook && (!webhook.IsAbsoluteUri || webhook.Scheme is not ("http" or "https")))
            throw new ArgumentException($"NotificationWebhook is {Pipeline.UriText.Of(webhook)}. Give an absolute http or https URL.");
        ArgumentOutOfRangeException.ThrowIfLessThan(LifecycleDay, TimeSpan.FromMilliseconds(100));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LifecycleDay, TimeSpan.FromDays(1));
        // Kestrel looks at its bodies once a second.
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BodyGracePeriod, TimeSpan.FromSeconds(1));
    }

    /// <summary>A time, or no limit at all; timers take no more than 49 days.</summary>
    private static void RequireTime(TimeSpan time, string name)
    {
        if (time == Timeout.InfiniteTimeSpan) return;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(49), name);
    }
}
