namespace S3Toolkit.Transport.Credentials;

/// <summary>Reads an environment variable; null when it is not set. An empty one counts as not set, as in AWS's tools.</summary>
internal delegate string? EnvironmentReader(string name);

/// <summary>The environment of this process.</summary>
internal static class ProcessEnvironment
{
    public static EnvironmentReader Reader { get; } =
        static name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
