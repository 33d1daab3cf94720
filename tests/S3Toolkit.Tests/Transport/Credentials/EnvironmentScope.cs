namespace S3Toolkit.Tests.Transport.Credentials;

/// <summary>Replaces the AWS variables and the home of this process, and puts them back. For fixtures that run alone.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EnvironmentScope(IReadOnlyDictionary<string, string> variables)
    {
        string[] names = [.. Environment.GetEnvironmentVariables().Keys.Cast<string>()];
        foreach (string name in names.Where(n => n.StartsWith("AWS_", StringComparison.Ordinal))) Set(name, null);
        foreach ((string name, string value) in variables) Set(name, value);
    }

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before) Environment.SetEnvironmentVariable(name, value);
    }
}
