using Polly;
using S3Toolkit;
using S3Toolkit.Resilience;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Configures a registered store further.</summary>
public static class S3ToolkitBuilderExtensions
{
    extension(IS3ToolkitBuilder builder)
    {
        /// <summary>Sets options in code, after the configuration.</summary>
        /// <param name="configure">Sets options.</param>
        /// <returns>The same builder.</returns>
        public IS3ToolkitBuilder Configure(Action<S3ToolkitOptions> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            builder.Services.Configure(builder.OptionsName, configure);
            return builder;
        }

        /// <summary>
        /// Adds strategies of yours around the library's pipeline. They see failures as <see cref="S3ToolkitException"/>, after the
        /// library's own retries.
        /// </summary>
        /// <param name="configure">Adds strategies; it is called for each bucket, so that each has breakers of its own.</param>
        /// <returns>The same builder.</returns>
        public IS3ToolkitBuilder ConfigureResilience(Action<ResiliencePipelineBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(configure);
            builder.Services.Configure<ResilienceCustomization>(
                builder.OptionsName, customization => customization.Additions.Add(configure));
            return builder;
        }

        /// <summary>
        /// Puts a pipeline of yours in the place of the library's: no retries, breaker or total time-out but yours. Each attempt still
        /// has its inactivity time-out, and failures are <see cref="S3ToolkitException"/>, of which
        /// <see cref="S3ToolkitException.IsTransient"/> tells whether to retry.
        /// </summary>
        /// <param name="pipeline">The pipeline, shared by all buckets of the store.</param>
        /// <returns>The same builder.</returns>
        public IS3ToolkitBuilder ReplaceResilience(ResiliencePipeline pipeline)
        {
            ArgumentNullException.ThrowIfNull(pipeline);
            return builder.ReplaceResilience(() => pipeline);
        }

        /// <summary>Puts pipelines of yours in the place of the library's, one for each bucket.</summary>
        /// <param name="create">Makes the pipeline of a bucket.</param>
        /// <returns>The same builder.</returns>
        public IS3ToolkitBuilder ReplaceResilience(Func<ResiliencePipeline> create)
        {
            ArgumentNullException.ThrowIfNull(create);
            builder.Services.Configure<ResilienceCustomization>(builder.OptionsName, customization => customization.Replacement = create);
            return builder;
        }
    }
}
