using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Access;
using S3Toolkit.Server.Encryption;
using S3Toolkit.Server.Lifecycle;
using S3Toolkit.Server.Notifications;
using S3Toolkit.Server.Operations.Archiving;
using S3Toolkit.Server.Rates;
using S3Toolkit.Server.Replication;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Pipeline;

/// <summary>What all requests of a server share.</summary>
internal sealed record ServerCore
{
    public required S3ServerOptions Options { get; init; }

    public required IS3Storage Storage { get; init; }

    /// <summary>What bodies are encrypted with.</summary>
    public required KeyRing Keys { get; init; }

    public required IAuthenticator Authenticator { get; init; }

    public required UserDirectory Users { get; init; }

    public required S3ServerClock Clock { get; init; }

    /// <summary>
    /// The clock that signatures are judged by. Answers tell its time, not <see cref="Clock"/>'s: SDKs sign by what the server's Date says.
    /// </summary>
    public required TimeProvider SigningClock { get; init; }

    /// <summary>The options' domains, and the server's own name.</summary>
    public required IReadOnlyList<string> BaseDomains { get; init; }

    public required S3FaultPlan Faults { get; init; }

    /// <summary>Null refuses nothing.</summary>
    public required PrefixRates? Rates { get; init; }

    public required S3RequestLog Requests { get; init; }

    public required ILogger Logger { get; init; }

    public required LifecycleSchedule Lifecycle { get; init; }

    public required Replicator Replicator { get; init; }

    public required RestoreWatch Restores { get; init; }

    /// <summary>Where operations tell what they did.</summary>
    public required EventHub Events { get; init; }

    /// <summary>The address that clients use, without a path.</summary>
    public required Func<Uri> Endpoint { get; init; }

    /// <summary>The account that the server's keys belong to.</summary>
    public string AccountId => Users.Root.AccountId;

    /// <summary>The canonical id of a bucket's owner: what was stored without one is the root's.</summary>
    public string OwnerIdOf(BucketRecord bucket) => bucket.OwnerId ?? Users.Root.CanonicalId;
}
