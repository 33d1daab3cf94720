using Microsoft.Extensions.Configuration;
using S3Toolkit;
using S3Toolkit.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers S3 stores.</summary>
public static class S3ToolkitServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Registers an <see cref="IBucketStore"/>: options from the configuration section <c>S3Toolkit</c> if there is a configuration
        /// with one, else the defaults, which are AWS with the default credential and region chain.
        /// </summary>
        /// <remarks>
        /// An <c>AWSOptions</c> or a section <c>AWS</c> of AWSSDK.Extensions.NETCore.Setup fills what these options leave open, and an
        /// <c>IAmazonS3</c> in the container is used as it is when they name no endpoint, region, keys or profile.
        /// </remarks>
        /// <returns>What configures the store further.</returns>
        public IS3ToolkitBuilder AddS3Toolkit() => StoreRegistration.Add(services, name: null);

        /// <summary>Registers an <see cref="IBucketStore"/> and sets its options in code, after the configuration.</summary>
        /// <param name="configure">Sets options.</param>
        /// <returns>What configures the store further.</returns>
        public IS3ToolkitBuilder AddS3Toolkit(Action<S3ToolkitOptions> configure) =>
            StoreRegistration.Add(services, name: null).Configure(configure);

        /// <summary>Registers an <see cref="IBucketStore"/> with options from a certain section.</summary>
        /// <param name="section">The section; a key in it that is no option is an error.</param>
        /// <returns>What configures the store further.</returns>
        public IS3ToolkitBuilder AddS3Toolkit(IConfigurationSection section) => StoreRegistration.Add(services, name: null, section);

        /// <summary>
        /// Registers a keyed <see cref="IBucketStore"/>, with options from <c>S3Toolkit:Stores:{name}</c> if that exists.
        /// </summary>
        /// <param name="name">The service key.</param>
        /// <returns>What configures the store further.</returns>
        public IS3ToolkitBuilder AddS3Toolkit(string name) => StoreRegistration.Add(services, StoreRegistration.RequireName(name));

        /// <summary>Registers a keyed <see cref="IBucketStore"/> and sets its options in code, after the configuration.</summary>
        /// <param name="name">The service key.</param>
        /// <param name="configure">Sets options.</param>
        /// <returns>What configures the store further.</returns>
        public IS3ToolkitBuilder AddS3Toolkit(string name, Action<S3ToolkitOptions> configure) =>
            StoreRegistration.Add(services, StoreRegistration.RequireName(name)).Configure(configure);

        /// <summary>Registers a keyed <see cref="IBucketStore"/> with options from a certain section.</summary>
        /// <param name="name">The service key.</param>
        /// <param name="section">The section; a key in it that is no option is an error.</param>
        /// <returns>What configures the store further.</returns>
        public IS3ToolkitBuilder AddS3Toolkit(string name, IConfigurationSection section) =>
            StoreRegistration.Add(services, StoreRegistration.RequireName(name), section);
    }
}
