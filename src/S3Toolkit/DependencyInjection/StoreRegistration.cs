using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace S3Toolkit.DependencyInjection;

/// <summary>What <c>AddS3Toolkit</c> does, in all its forms.</summary>
internal static class StoreRegistration
{
    private const string SectionName = "S3Toolkit";

    public static string RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name;
    }

    public static IS3ToolkitBuilder Add(IServiceCollection services, string? name, IConfigurationSection? section = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new Builder(name, services);
        var options = services.AddOptionsWithValidateOnStart<S3ToolkitOptions>(builder.OptionsName);
        if (section is not null)
            options.Configure(target => OptionsSection.Apply(section, target));
        else
            options.Configure<IServiceProvider>((target, provider) => ApplyDefaultSection(provider, name, target));

        services.AddSingleton(new StoreName(name));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<S3ToolkitOptions>, OptionsValidator>());
        if (name is null)
            services.TryAddSingleton(static provider => StoreFactory.Create(provider, name: null));
        else
            services.TryAddKeyedSingleton(name, static (provider, key) => StoreFactory.Create(provider, (string?)key));
        return builder;
    }

    private static void ApplyDefaultSection(IServiceProvider provider, string? name, S3ToolkitOptions target)
    {
        if (provider.GetService<IConfiguration>() is not { } configuration) return;
        RequireRegistered(configuration.GetSection($"{SectionName}:{OptionsSection.StoresKey}"), provider.GetServices<StoreName>());
        var section = configuration.GetSection(name is null ? SectionName : $"{SectionName}:{OptionsSection.StoresKey}:{name}");
        OptionsSection.Apply(section, target);
    }

    /// <summary>
    /// A section for a store that nobody registered is a typing error, and its data would go to wherever the defaults lead.
    /// </summary>
    private static void RequireRegistered(IConfigurationSection stores, IEnumerable<StoreName> registered)
    {
        var names = registered.Select(static store => store.Name).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (stores.GetChildren().FirstOrDefault(store => !names.Contains(store.Key)) is not { } unknown) return;
        throw new InvalidOperationException(
            $"'{unknown.Path}' in the configuration is for a store that is not registered. "
            + (names.Count == 0 ? "No named store is: call AddS3Toolkit(name)." : $"Registered are: {string.Join(", ", names)}."));
    }

    /// <summary>Remembers that a store was registered; null for the default one.</summary>
    private sealed record StoreName(string? Name);

    private sealed record Builder(string? Name, IServiceCollection Services) : IS3ToolkitBuilder
    {
        public string OptionsName => Name ?? Options.DefaultName;
    }
}
