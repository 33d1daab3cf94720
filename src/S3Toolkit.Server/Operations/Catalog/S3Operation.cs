using S3Toolkit.Server.Pipeline;

namespace S3Toolkit.Server.Operations.Catalog;

/// <summary>Carries out an operation: returns its answer, or throws <see cref="S3ErrorException"/>.</summary>
internal delegate ValueTask<S3Response> OperationHandler(OperationContext context, CancellationToken cancellationToken);

/// <summary>One operation of S3: how a request names it, what it takes to be allowed, and who carries it out.</summary>
/// <param name="Name">AWS's name of it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Scope">What it is aimed at.</param>
/// <param name="Subresource">The query parameter that names it; null when the plain request does.</param>
internal sealed record S3Operation(string Name, string Method, OperationScope Scope, string? Subresource = null)
{
    /// <summary>What a request with a method that S3 has not for its target is. In no catalog.</summary>
    public static readonly S3Operation MethodNotAllowed = new("MethodNotAllowed", "", OperationScope.Service);

    /// <summary>A header or a further query parameter, without which the request is another operation; null when none is needed.</summary>
    public string? Discriminator { get; init; }

    /// <summary>The permission that it takes, as policies name it; null when the operation itself asks for its permissions.</summary>
    public string? Action { get; init; }

    /// <summary>The permission that it takes when the request names a version; null when that makes no difference.</summary>
    public string? VersionAction { get; init; }

    /// <summary>Null when S3 has the operation and this server has not: 501 with its name, never the answer of another operation.</summary>
    public OperationHandler? Handler { get; init; }

    /// <summary>What AWS tells who does not sign, whatever he has been allowed; null when it lets him ask.</summary>
    public string? AnonymousRefusal { get; init; }

    public OperationTraits Traits { get; init; }

    public bool Has(OperationTraits trait) => (Traits & trait) != 0;

    public override string ToString() => Name;
}
