using S3Toolkit;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What <c>AddS3Toolkit</c> returns: configures one store further.</summary>
public interface IS3ToolkitBuilder
{
    /// <summary>The name of the store, which is its service key; null for the default store.</summary>
    string? Name { get; }

    /// <summary>The services that the store is registered in.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// The name of the store's <see cref="S3ToolkitOptions"/>: <see cref="Name"/>, or the empty string for the default store.
    /// </summary>
    string OptionsName => Name ?? "";
}
