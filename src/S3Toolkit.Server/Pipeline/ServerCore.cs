using Microsoft.Extensions.Logging;
using S3Toolkit.Server.Storage;

namespace S3Toolkit.Server.Pipeline;

/// <summary>What all requests of a server share.</summary>
internal sealed record ServerCore
{
    public required S3ServerOptions Options { get; init; }

    public required IS3Storage Storage { get; init; }

    public required IAuthenticator Authenticator { get; init; }

    /// <summary>The owner of everything.</summary>
    public required S3Identity Owner { get; init; }

    public required S3ServerClock Clock { get; init; }

    public required S3FaultPlan Faults { get; init; }

    public required S3RequestLog Requests { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The address that clients use, without a path.</summary>
    public required Func<Uri> Endpoint { get; init; }
}
