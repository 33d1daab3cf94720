namespace S3Toolkit.Providers;

/// <summary>The provider that the options mean.</summary>
internal static class ProviderChoice
{
    /// <summary>The profile that the user chose, else the one that the endpoint's host belongs to.</summary>
    public static S3ProviderProfile Of(S3ToolkitOptions options, Uri? endpoint) => options.Provider ?? S3ProviderProfiles.Detect(endpoint);
}
