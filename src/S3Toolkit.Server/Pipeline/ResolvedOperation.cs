namespace S3Toolkit.Server.Pipeline;

/// <summary>Which operation a request is.</summary>
/// <param name="Operation">What to run.</param>
/// <param name="Name">AWS's name of it, also when this server does not have it.</param>
internal readonly record struct ResolvedOperation(S3Operation Operation, string Name)
{
    private static readonly string[] Names = Enum.GetNames<S3Operation>();

    public static implicit operator ResolvedOperation(S3Operation operation) => new(operation, Names[(int)operation]);
}
